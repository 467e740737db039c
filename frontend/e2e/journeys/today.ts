import type { Locator, Page } from 'playwright-core'
import { eventually, holds, type Kit, same, tick } from '../kit'

const SOFIA = 'sofia@demo.luotsi.example'

/** A doctor who wants to be asked: answers with one tap, from the page and from a mail. */
export async function today(kit: Kit): Promise<void> {
  const ville = await kit.signIn('ville')
  const [leaving, mailed] = await kit.step('a coordinator asks the doctor for two more times', async () => {
    const first = await ask(ville)
    return [first, await ask(ville)] as const
  })

  const doctor = await kit.device()
  await kit.step('the doctor sees at once what waits', async () => {
    await doctor.goto('/sign-in')
    await kit.fillSignIn(doctor, 'sofia')
    await doctor.getByRole('navigation', { name: 'Huvudmeny' }).waitFor()
    await doctor.getByRole('button', { name: 'Suomi' }).click()
    await doctor.getByRole('heading', { level: 2, name: 'Vastausta odottaa (5)' }).waitFor()
    await eventually('questions', () => doctor.getByRole('button', { name: 'Näytä koko kysymys' }).count(), 3)
  })
  await kit.check(doctor, 'unanswered')
  // An answered card stays where it is, so these stay the same three.
  const card = (nth: number) =>
    cards(doctor).filter({ hasNotText: leaving.reference }).filter({ hasNotText: mailed.reference }).nth(nth)

  await kit.step('one tap answers, and one takes it back', async () => {
    await card(0).getByRole('button', { name: 'Sopii', exact: true }).click()
    // The answer leaves after ten seconds; while the button has the focus, the time stands still.
    const undo = card(0).getByRole('button', { name: /^Kumoa/ })
    await undo.focus()
    await card(0).getByText('Vastasit: sopii').waitFor()
    await doctor.getByRole('heading', { level: 2, name: 'Vastausta odottaa (4)' }).waitFor()
    await undo.click()
    await card(0).getByRole('button', { name: 'Sopii', exact: true }).waitFor()
    await doctor.getByRole('heading', { level: 2, name: 'Vastausta odottaa (5)' }).waitFor()
  })

  await kit.step('three answers with the keyboard: yes, another time, no', async () => {
    await card(0).getByRole('button', { name: 'Sopii', exact: true }).press('Enter')
    await card(1).getByRole('button', { name: 'Ehdota muuta' }).press('Enter')
    const times = card(1).getByRole('group', { name: /Mikä aika sopisi/ })
    await times.getByRole('button').nth(3).waitFor()
    await kit.check(doctor, 'propose other times')
    await times.getByRole('button').nth(1).press('Space')
    await times.getByRole('button').nth(3).press('Space')
    await card(1).getByRole('button', { name: 'Ehdota 2 aikaa' }).press('Enter')
    await card(1).getByText('Ehdotit: ').waitFor()
    await card(2).getByRole('button', { name: 'En pääse' }).press('Enter')
    await card(2).getByRole('button', { name: 'En ehdi' }).press('Enter')
    await card(2).getByText('Vastasit: en pääse (en ehdi)').waitFor()
    await doctor.getByRole('heading', { level: 2, name: 'Vastausta odottaa (2)' }).waitFor()
  })
  await kit.check(doctor, 'answered')

  await kit.step('they leave by themselves, and what was agreed stands among what comes', async () => {
    await eventually('sent', () => doctor.getByText('Lähetetty', { exact: true }).count(), 3)
    await rows(doctor).first().waitFor()
  })

  await kit.step('who leaves the page has made up their mind', async () => {
    const last = cards(doctor).filter({ hasText: leaving.reference })
    await last.getByRole('button', { name: 'Sopii', exact: true }).click()
    await last.getByText('Vastasit: sopii').waitFor()
    await doctor.getByRole('link', { name: 'Vastaanottoajat' }).click()
    await doctor.getByRole('heading', { level: 1, name: 'Vastaanottoajat' }).waitFor()
    await eventually('what was left behind', () => stateOf(ville, leaving.id), 'booked')
    same(await stateOf(ville, mailed.id), 'asked', 'what was not answered')
  })

  await kit.step('red until it is booked in the patient system', async () => {
    await doctor.getByRole('link', { name: 'Tänään' }).click()
    const row = rows(doctor).first()
    await row.getByText('Ei varattu', { exact: true }).waitFor()
    await tick(row.getByRole('checkbox', { name: 'Varattu potilastietojärjestelmään' }))
    await row.getByText('Varattu', { exact: true }).waitFor()
    await row.getByRole('button', { expanded: false }).click()
    await row.getByRole('link', { name: 'Avaa yhteisvastaanotto' }).waitFor()
  })
  await kit.check(doctor, 'what comes')

  await kit.step('the keeper of the calendars sees what is left', async () => {
    const scheduler = await kit.signIn('sanna')
    await scheduler.getByRole('heading', { level: 2, name: 'Vastausta odottaa (1)' }).waitFor()
    await cards(scheduler).first().getByText('Sofia Lindholm').waitFor()
    await kit.check(scheduler, 'unanswered of doctors')
    await scheduler.goto('/print/day')
    await scheduler.getByRole('heading', { level: 1, name: 'Päivän yhteisvastaanotot' }).waitFor()
  })

  const link = await kit.step('the doctor got a mail with a link for the last one', async () => {
    const mail = await kit.server.mailTo(SOFIA, `/answer/${mailed.id}_0_0.`)
    const found = new RegExp(`/answer/${mailed.id}_0_0\\.[\\w.-]+`).exec(mail)?.[0]
    holds(found !== undefined, 'the link is in the mail')
    return found ?? ''
  })

  const anywhere = await kit.device()
  await kit.step('it opens without signing in and says nothing about the case', async () => {
    await anywhere.goto(link)
    await anywhere.getByRole('button', { name: /^(Sopii|Det passar)$/ }).waitFor()
    const text = (await anywhere.locator('main').textContent()) ?? ''
    holds(!/Ville|Viite|Referens/.test(text), `who asks or for whom is on the page: ${text}`)
    await anywhere.getByRole('button', { name: 'Suomi' }).click()
    await anywhere.getByRole('heading', { name: 'Sopiiko aika sinulle?' }).waitFor()
  })
  await kit.check(anywhere, 'answer by mail')

  await kit.step('the doctor declines there', async () => {
    await anywhere.getByRole('button', { name: 'En pääse' }).click()
    await anywhere.getByRole('button', { name: 'Kuuluu muualle' }).click()
    await anywhere.getByRole('heading', { name: 'Kiitos vastauksesta!' }).waitFor()
    await eventually('what the coordinator sees', () => stateOf(ville, mailed.id), 'declined')
  })
  await kit.check(anywhere, 'answered by mail')

  await kit.step('and the link has served', async () => {
    await anywhere.reload()
    await anywhere.getByText('Tähän on jo vastattu').waitFor()
  })
  await kit.check(anywhere, 'answer link used')

  await printed(kit, doctor, leaving)
}

/** The day of an agreed appointment on paper. */
async function printed(kit: Kit, doctor: Page, { start, reference }: Asked): Promise<void> {
  await kit.step('a day goes on paper, without anything to press', async () => {
    await doctor.goto(`/print/day?date=${start.slice(0, 10)}`)
    await doctor.getByRole('cell', { name: reference }).waitFor()
    await doctor.emulateMedia({ media: 'print' })
    await doctor.getByRole('button', { name: 'Tulosta' }).waitFor({ state: 'hidden' })
    await doctor.getByRole('cell', { name: reference }).waitFor()
    await doctor.emulateMedia({ media: null })
  })
  await kit.step('on one A4, with no word cut', async () => {
    await eventually('what does not fit the paper', async () => (await cutOnPaper(doctor)).join('\n'), '')
    const pdf = await doctor.pdf({ format: 'A4', preferCSSPageSize: true })
    same((pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-z])/gi) ?? []).length, 1, 'pages')
    same(/\/MediaBox \[0 0 (59[45])[.\d]* (84[12])/.test(pdf.toString('latin1')), true, 'an A4')
  })
  await kit.check(doctor, 'day sheet')
}

/** The width of an A4 between its margins (see @page), in CSS pixels. */
const PAPER = Math.floor(((210 - 2 * 16) / 25.4) * 96)

/** What of the page is wider than its place on paper. */
async function cutOnPaper(page: Page): Promise<string[]> {
  const size = page.viewportSize()
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: PAPER, height: 1000 })
  const cut = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
      .map((one) => `${one.tagName}.${one.className}: ${one.textContent}`.slice(0, 120)),
  )
  await page.emulateMedia({ media: null })
  if (size) await page.setViewportSize(size)
  return cut
}

function cards(page: Page): Locator {
  return page.getByRole('region', { name: /Vastausta odottaa/ }).getByRole('article')
}

function rows(page: Page): Locator {
  return page.getByRole('region', { name: /^(Tulossa|Tämän päivän yhteisvastaanotot)$/ }).getByRole('article')
}

type Asked = { id: string; start: string; reference: string }
type Slot = { start: string; end: string }

/** Keeps the doctor's first free time of the coming weeks and puts it to them, as the booking page does. */
async function ask(page: Page): Promise<Asked> {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const { doctors } = (await read(page, '/api/doctors')) as {
    doctors: { person: string; unit: string; name: string }[]
  }
  const sofia = doctors.find(({ name }) => name === 'Sofia Lindholm')
  holds(sofia !== undefined, 'the doctor is there')
  const { person: doctor = '', unit = '' } = sofia ?? {}
  const { days } = (await read(
    page,
    `/api/joint-times?doctor=${doctor}&unit=${unit}&from=${day(2)}&to=${day(60)}`,
  )) as { days: { times: Slot[] }[] }
  const { start, end } = days[0]?.times[0] ?? { start: '', end: '' }
  const minutes = (Date.parse(end) - Date.parse(start)) / 60_000
  const held = await send(page, '/api/holds', { doctor, unit, start, minutes, mode: 'on_site' })
  const id = String(held.id)
  await send(page, `/api/appointments/${id}/confirmation`)
  return { id, start, reference: String(held.reference) }
}

async function read(page: Page, path: string): Promise<Record<string, unknown>> {
  const answer = await page.request.get(path)
  holds(answer.ok(), `${path}: ${answer.status()}`)
  return answer.json()
}

async function send(page: Page, path: string, data?: object): Promise<Record<string, unknown>> {
  const answer = await page.request.post(path, { data, headers: { 'Luotsi-Request': '1' } })
  holds(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

async function stateOf(page: Page, id: string): Promise<string> {
  return String((await read(page, `/api/appointments/${id}`)).state)
}
