import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, settled, textOf } from '../kit'

/** Two coordinators wait for a Wednesday; the doctor opens one; it goes to the first in line and from there to the second. */
export async function waiting(kit: Kit): Promise<void> {
  const ville = await kit.signIn('ville')
  const aino = await kit.signIn('aino')
  const mikko = await kit.signIn('mikko')

  await kit.step('two requests of the demo wait, each with its place in the line', async () => {
    await openWaiting(ville)
    await ville.getByText('Paikka jonossa: 1 / 2').waitFor()
    await ville.getByText('Kiireellinen', { exact: true }).waitFor()
  })
  await kit.check(ville, 'waiting list')

  await kit.step('a coordinator asks for a Wednesday with the doctor', async () => {
    await ville.getByRole('link', { name: 'Pyydä aikaa' }).click()
    await ville.getByRole('heading', { level: 1, name: 'Pyydä aikaa' }).waitFor()
    await ville.getByRole('button', { name: 'Jää jonoon' }).waitFor()
  })
  await kit.check(ville, 'asking for a time')
  const first = await kit.step('with chips for when the client can not come', () => ask(ville))
  await kit.check(ville, 'a waiting request')

  const second = await kit.step('and another coordinator after her', async () => {
    await aino.goto('/waiting/new')
    return ask(aino)
  })
  holds(first !== second, 'two requests have two references')

  await kit.step('what was asked for can be changed, and the place in the line stays', async () => {
    const place = await textOf(aino.getByText(/Paikka jonossa: \d+ \/ \d+/))
    await aino.getByRole('link', { name: 'Muuta pyyntöä' }).click()
    await aino.getByRole('heading', { level: 1, name: `Muuta pyyntöä ${second}` }).waitFor()
    await eventually(
      'the chips as they were chosen',
      () => aino.getByRole('button', { pressed: true }).count(),
      8,
    )
    await aino.getByRole('button', { name: 'Tallenna' }).click()
    await aino.getByRole('heading', { level: 1, name: `Viite ${second}` }).waitFor()
    await eventually('the place', () => textOf(aino.getByText(/Paikka jonossa: \d+ \/ \d+/)), place)
  })

  await kit.step('the doctor opens half an hour on a Wednesday', () => open(mikko, wednesday()))

  await kit.step('which is offered to the first in line, with a mail', async () => {
    await shows(ville, 'Sinulle tarjotaan')
    const card = ville.getByRole('listitem').filter({ hasText: first })
    await card.getByText('Mikko Saarinen', { exact: false }).first().waitFor()
    await card.getByText(/Vastaa viimeistään/).waitFor()
    await card.getByText(/Aikaa /).waitFor()
    const mail = await kit.server.mailTo('ville@demo.luotsi.example', 'tarjotaan')
    holds(!mail.includes('BEGIN:VCALENDAR'), 'nothing is booked yet')
  })
  await kit.check(ville, 'offered time')

  await kit.step('who declines it, and keeps the place in the line', async () => {
    const card = ville.getByRole('listitem').filter({ hasText: first })
    await card.getByRole('button', { name: 'En voi' }).click()
    await ville.getByRole('dialog', { name: 'Luovutko tästä ajasta?' }).waitFor()
    await kit.check(ville, 'declining an offer')
    await ville.getByRole('button', { name: 'En voi ottaa aikaa' }).click()
    await ville.getByRole('dialog').waitFor({ state: 'detached' })
    await ville.getByRole('heading', { name: 'Sinulle tarjotaan' }).waitFor({ state: 'detached' })
    await ville.getByRole('link', { name: `Viite ${first}` }).click()
    await ville.getByText('Ajasta luovuttiin').waitFor()
    await ville.getByText(/Paikka jonossa: \d+ \/ \d+/).waitFor()
  })

  await kit.step('so that the second has it at once, and takes it', async () => {
    await shows(aino, 'Sinulle tarjotaan')
    const card = aino.getByRole('listitem').filter({ hasText: second })
    await card.getByRole('button', { name: 'Ota aika' }).click()
    await aino.getByRole('heading', { level: 1, name: 'Aika on varattu' }).waitFor()
    await aino.getByRole('button', { name: 'Kopioi viesti asiakkaalle' }).waitFor()
    await aino.goto('/waiting')
    await aino.getByText(/^Päättyneet/).click()
    const over = aino.getByRole('listitem').filter({ hasText: second })
    await over.getByRole('link', { name: 'Avaa yhteisvastaanotto' }).click()
    await aino.getByRole('heading', { level: 1, name: 'Yhteisvastaanotto' }).waitFor()
    await aino.getByText('Mikko Saarinen').first().waitFor()
  })

  await kit.step('who keeps the calendars sees that the line was fair, by references alone', async () => {
    const sanna = await kit.signIn('sanna')
    await openWaiting(sanna)
    await sanna.getByRole('link', { name: 'Jono ja tehdyt tarjoukset' }).click()
    await sanna.getByRole('heading', { level: 1, name: 'Jono: Keskustan terveyskeskus' }).waitFor()
    await sanna.getByText('Ensimmäisenä vuorossa').waitFor()
    await sanna.getByText('Ajasta luovuttiin').first().waitFor()
    const taken = sanna.getByRole('listitem').filter({ hasText: `tarjottu viitteelle ${second}` })
    await taken.getByText(/ohitettiin/).click()
    await taken.getByText(`Viite ${first}: aika on jo ollut tarjolla tai varattuna`).waitFor()
    const text = (await sanna.locator('main').textContent()) ?? ''
    holds(!/Ville|Aino/.test(text), 'no coordinator is named')
    await kit.check(sanna, 'the line of a unit')
  })

  await kit.step('a request is withdrawn with the keyboard', async () => {
    const withdraw = ville.getByRole('button', { name: 'Peru pyyntö' })
    await withdraw.focus()
    await ville.keyboard.press('Enter')
    const dialog = ville.getByRole('dialog', { name: 'Perutaanko pyyntö?' })
    await dialog.waitFor()
    await dialog.getByRole('button', { name: 'Peru pyyntö' }).focus()
    await ville.keyboard.press('Enter')
    await ville.getByText('Pyyntö on peruttu.').waitFor()
  })
}

async function openWaiting(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Jonossa', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Jonossa' }).waitFor()
  await settled(page)
}

/** Asks for half an hour with Mikko on a Wednesday, and gives the reference. */
async function ask(page: Page): Promise<string> {
  await page.getByLabel('Lääkäri', { exact: true }).click()
  await page.getByRole('option', { name: 'Mikko Saarinen' }).click()
  for (const day of ['maanantai', 'tiistai', 'torstai', 'perjantai']) {
    for (const half of ['aamupäivä', 'iltapäivä']) {
      await page.getByRole('button', { name: `${day}, ${half}`, exact: true }).click()
    }
  }
  await page.getByRole('button', { name: 'Jää jonoon' }).click()
  const title = page.getByRole('heading', { level: 1, name: /^Viite / })
  await title.waitFor()
  await page.getByText(/Paikka jonossa: \d+ \/ \d+/).waitFor()
  return (await textOf(title)).replace('Viite ', '')
}

/** The page is asked anew until it shows the heading: offers are made in the background. */
async function shows(page: Page, heading: string): Promise<void> {
  await eventually(
    heading,
    async () => {
      await page.goto('/waiting')
      await page.getByRole('heading', { level: 1, name: 'Jonossa' }).waitFor()
      await settled(page)
      return page.getByRole('heading', { name: heading }).count()
    },
    1,
  )
}

/** Wednesdays on which nobody works, by month and day. */
const HOLIDAYS = ['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26']

/** A Wednesday more than three weeks from now. */
function wednesday(): string {
  const day = new Date(Date.now() + 22 * 86_400_000)
  while (day.getUTCDay() !== 3 || HOLIDAYS.includes(day.toISOString().slice(5, 10))) {
    day.setUTCDate(day.getUTCDate() + 1)
  }
  return day.toISOString().slice(0, 10)
}

async function open(doctor: Page, date: string): Promise<void> {
  const status = await doctor.evaluate(async (day) => {
    const me = await (await fetch('/api/me')).json()
    const answer = await fetch(`/api/people/${me.id}/hours/exceptions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Luotsi-Request': '1' },
      body: JSON.stringify({
        date: day,
        kind: 'extra',
        from: '09:00',
        to: '09:30',
        unit: me.grants.find((grant: { role: string }) => grant.role === 'doctor').unit,
        minutes: 30,
      }),
    })
    return answer.status
  }, date)
  holds(status === 201, `the hour was not opened: ${status}`)
}
