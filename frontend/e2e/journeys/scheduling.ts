import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, settled, tick } from '../kit'

export async function scheduling(kit: Kit): Promise<void> {
  const doctor = await kit.signIn('mikko')
  await hours(kit, doctor)

  const ville = await kit.signIn('ville')
  const aino = await kit.signIn('aino')

  await kit.step('a coordinator finds the times when doctor and coordinator are free', async () => {
    await openTimes(ville)
    await openTimes(aino)
  })
  await kit.check(ville, 'joint times')

  const wanted = await kit.step(
    'a coordinator books one, and gets a calendar invitation by mail',
    async () => {
      const time = await commonTime(ville, aino)
      await ville.getByRole('button', { name: time, exact: true }).last().click()
      await ville.getByRole('heading', { name: 'Varattu sinulle' }).waitFor()
      await kit.check(ville, 'time kept')
      await ville.getByRole('button', { name: 'Vahvista' }).click()
      await ville.getByRole('heading', { level: 1, name: 'Aika on varattu' }).waitFor()
      await kit.check(ville, 'time booked')
      await ville.getByRole('link', { name: 'Avaa yhteisvastaanotto' }).click()
      await ville.getByRole('heading', { level: 1, name: 'Yhteisvastaanotto' }).waitFor()
      await ville.getByText('Mikko Saarinen').first().waitFor()
      const mail = await kit.server.mailTo('ville@demo.luotsi.example', 'BEGIN:VCALENDAR')
      holds(mail.includes('METHOD:REQUEST'), 'the mail has an invitation')
      return time
    },
  )
  await kit.check(ville, 'appointment')

  await kit.step(
    'another coordinator who takes the same time learns who is taken and gets the next three',
    async () => {
      await aino.getByRole('button', { name: wanted, exact: true }).last().click()
      await aino.getByRole('heading', { name: 'Aika ehti mennä' }).waitFor()
      await aino.getByText('Tähän aikaan on jo varattu: Mikko Saarinen.').waitFor()
      await kit.check(aino, 'time taken')
      const next = aino.getByRole('region', { name: 'Aika ehti mennä' }).getByRole('button', { name: /klo/ })
      await eventually('next times', () => next.count(), 3)
      await next.first().click()
      await aino.getByRole('button', { name: 'Vahvista' }).click()
      await aino.getByRole('heading', { level: 1, name: 'Aika on varattu' }).waitFor()
    },
  )

  await kit.step('the coordinator has it in the list', async () => {
    await aino.getByRole('link', { name: 'Yhteisvastaanotot', exact: true }).click()
    await aino.getByRole('heading', { level: 1, name: 'Omat yhteisvastaanotot' }).waitFor()
    await aino
      .getByRole('link', { name: /Mikko Saarinen/ })
      .first()
      .waitFor()
  })
  await kit.check(aino, 'my appointments')

  await kit.step('and may mark a day away', async () => {
    await aino.getByRole('link', { name: 'Omat ajat' }).click()
    await aino.getByRole('heading', { level: 1, name: 'Omat ajat' }).waitFor()
    await dayAway(aino, inDays(50))
  })
  await kit.check(aino, 'my hours')

  await kit.step('the doctor sees both, without having to look for them', async () => {
    await doctor.goto('/')
    await doctor.getByRole('heading', { level: 1, name: 'Tänään' }).waitFor()
    await doctor
      .getByRole('button', { name: /Ville Koskinen/ })
      .first()
      .waitFor()
    await doctor
      .getByRole('button', { name: /Aino Lahti/ })
      .first()
      .waitFor()
  })
  await kit.check(doctor, 'today')

  await kit.step('and may print the day without what is only for the screen', async () => {
    await doctor.emulateMedia({ media: 'print' })
    await doctor
      .getByRole('button', { name: /Ville Koskinen/ })
      .first()
      .waitFor()
    await doctor.locator('nav').first().waitFor({ state: 'hidden' })
    await doctor.emulateMedia({ media: null })
  })

  await kit.step('with somebody else along, only times that suit them too are offered', async () => {
    const page = await kit.signIn('ville')
    // The last day is told, so that a midnight on the way adds none.
    await openTimes(page, inDays(27))
    const alone = await offered(page)
    const day = dayOf(alone.at(-1))
    await aino.goto('/hours')
    await aino.getByRole('heading', { level: 1, name: 'Omat ajat' }).waitFor()
    await dayAway(aino, await lastDay(page))
    await page.getByRole('button', { name: 'Lisää osallistuja' }).click()
    await tick(page.getByRole('checkbox', { name: /Aino Lahti/ }))
    await page.getByRole('dialog').getByRole('button', { name: 'Lisää', exact: true }).click()
    const together = await eventually(
      'other days are left, without the one away',
      () => offered(page),
      (times) => times.length > 0 && times.every((time) => dayOf(time) !== day),
    )
    holds(
      together.every((time) => alone.includes(time)),
      'nothing is offered that was not free before',
    )
    await kit.check(page, 'joint times of three')
    await page
      .getByRole('button', { name: together.at(-1) ?? '', exact: true })
      .last()
      .click()
    await page.getByRole('button', { name: 'Vahvista' }).click()
    await page.getByRole('heading', { level: 1, name: 'Aika on varattu' }).waitFor()
    await page.getByRole('link', { name: 'Avaa yhteisvastaanotto' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Aino Lahti' }).getByText('Ei ole vastannut').waitFor()
  })

  await kit.step('cancelling asks why, frees the time and tells everybody', async () => {
    await ville.getByRole('button', { name: 'Peru yhteisvastaanotto' }).click()
    const dialog = ville.getByRole('dialog', { name: 'Perutaanko yhteisvastaanotto?' })
    await dialog.getByRole('button', { name: 'Peru yhteisvastaanotto' }).click()
    await ville.getByText('Valitse syy.').waitFor()
    await kit.check(ville, 'cancel dialog')
    await tick(ville.getByRole('radio', { name: 'Asiakas ei pääse' }))
    await dialog.getByRole('button', { name: 'Peru yhteisvastaanotto' }).click()
    await ville.getByText('Tämä yhteisvastaanotto on peruttu.').waitFor()
    await kit.server.mailTo('mikko@demo.luotsi.example', 'METHOD:CANCEL')
    await openTimes(ville)
    await ville.getByRole('button', { name: wanted, exact: true }).last().waitFor()
  })

  await kit.step('an appointment that does not exist says so on a page with a way out', async () => {
    const page = await kit.signIn('ville')
    await page.goto('/appointments/nothing-here')
    await page.getByRole('heading', { level: 1, name: 'Sivua ei löydy' }).waitFor()
    await kit.check(page, 'no such appointment')
    await page.getByRole('link', { name: 'Etusivulle', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Omat yhteisvastaanotot' }).waitFor()
  })

  const scheduler = await kit.signIn('sanna')
  await kit.step('a scheduler keeps the hours of the unit’s doctors', async () => {
    await scheduler.getByRole('heading', { level: 1, name: 'Lääkärien ajat' }).waitFor()
    await kit.check(scheduler, 'doctors')
    await scheduler.getByRole('link', { name: /Mikko Saarinen/ }).click()
    await scheduler.getByRole('heading', { level: 1, name: /Mikko Saarinen/ }).waitFor()
    await scheduler
      .getByRole('link', { name: /Aino Lahti/ })
      .first()
      .waitFor()
  })
  await kit.check(scheduler, 'hours kept by a scheduler')
}

async function hours(kit: Kit, doctor: Page): Promise<void> {
  await kit.step('a doctor publishes weekly hours', async () => {
    await doctor.getByRole('link', { name: 'Vastaanottoajat', exact: true }).click()
    await doctor.getByRole('heading', { level: 1, name: 'Vastaanottoajat' }).waitFor()
    await doctor.getByRole('button', { name: 'Lisää viikoittainen aika' }).click()
    await kit.check(doctor, 'new weekly hours')
    await doctor.getByRole('button', { name: /Viikonpäivä/ }).click()
    await doctor.getByRole('option', { name: 'perjantai' }).click()
    await doctor.getByRole('textbox', { name: 'Alkaa klo' }).fill('14')
    await doctor.getByRole('textbox', { name: 'Päättyy klo' }).fill('13.30')
    await doctor.getByRole('button', { name: 'Julkaise ajat' }).click()
    await doctor.getByText('Loppuajan on oltava alkuajan jälkeen.').waitFor()
    await doctor.getByRole('textbox', { name: 'Päättyy klo' }).fill('15.30')
    await doctor.getByRole('button', { name: 'Julkaise ajat' }).click()
    await doctor.getByRole('button', { name: 'Poista perjantai klo 14.00' }).waitFor()
  })

  await kit.step('hours that overlap are refused in words', async () => {
    await doctor.getByRole('button', { name: 'Lisää viikoittainen aika' }).click()
    await doctor.getByRole('button', { name: /Viikonpäivä/ }).click()
    await doctor.getByRole('option', { name: 'perjantai' }).click()
    await doctor.getByRole('textbox', { name: 'Alkaa klo' }).fill('15')
    await doctor.getByRole('textbox', { name: 'Päättyy klo' }).fill('16')
    await doctor.getByRole('button', { name: 'Julkaise ajat' }).click()
    await doctor.getByText(/Ajat menevät päällekkäin/).waitFor()
    await doctor.getByRole('button', { name: 'Peruuta' }).click()
  })

  await kit.step('hours are taken away after a question, and the focus stays near', async () => {
    await doctor.getByRole('button', { name: 'Lisää viikoittainen aika' }).click()
    await doctor.getByRole('button', { name: /Viikonpäivä/ }).click()
    await doctor.getByRole('option', { name: 'keskiviikko' }).click()
    await doctor.getByRole('textbox', { name: 'Alkaa klo' }).fill('8')
    await doctor.getByRole('textbox', { name: 'Päättyy klo' }).fill('9.30')
    await doctor.getByRole('button', { name: 'Julkaise ajat' }).click()
    const remove = doctor.getByRole('button', { name: 'Poista keskiviikko klo 8.00' })
    await remove.click()
    const dialog = doctor.getByRole('dialog', { name: 'Poistetaanko keskiviikko klo 8.00–9.30?' })
    await dialog.getByRole('button', { name: 'Peruuta' }).click()
    await dialog.waitFor({ state: 'detached' })
    await remove.click()
    await dialog.getByRole('button', { name: 'Poista' }).click()
    await remove.waitFor({ state: 'detached' })
    await eventually(
      'what has the focus when its line is gone',
      () => doctor.evaluate(() => document.activeElement?.textContent),
      'Viikoittaiset ajat',
    )
  })

  await kit.step('and an exception day', async () => {
    await dayAway(doctor, inDays(60))
  })
  await kit.check(doctor, 'hours')
}

async function openTimes(page: Page, until?: string): Promise<void> {
  await page.goto('/appointments/new')
  await page.getByRole('heading', { level: 1, name: 'Varaa yhteisvastaanotto' }).waitFor()
  await page.getByRole('button', { name: /Lääkäri/ }).click()
  await page.getByRole('option', { name: 'Mikko Saarinen' }).click()
  await page
    .getByRole('button', { name: /Lääkäri/ })
    .filter({ hasText: 'Mikko Saarinen' })
    .waitFor()
  if (until) {
    await page.getByRole('textbox', { name: 'Viimeistään' }).fill(until)
    await page.waitForURL(/[?&]to=/)
  }
  await eventually(
    'the doctor’s own length',
    () => page.getByRole('radio', { name: 'Oma' }).isChecked(),
    true,
  )
  await settled(page)
  await page.getByText(/vapaata? aikaa? ·/).waitFor()
  await page
    .getByRole('button', { name: /^Varaa .* klo/ })
    .first()
    .waitFor()
}

/** All times, each once and in order: the best stand on top too, and long lists are opened. */
async function offered(page: Page): Promise<string[]> {
  const more = page.getByRole('button', { name: 'Näytä lisää päiviä' })
  while ((await more.count()) > 0) await more.click()
  return page
    .locator('.times-day')
    .getByRole('button', { name: /^Varaa .* klo/ })
    .evaluateAll((buttons) => buttons.map((button) => (button.textContent ?? '').replace(/\s+/g, ' ').trim()))
}

function dayOf(time: string | undefined): string {
  return /^Varaa (.*) klo/.exec(time ?? '')?.[1] ?? ''
}

/** A time that both are offered: never on the first day, which may be today and over before the end of the journey. */
async function commonTime(one: Page, other: Page): Promise<string> {
  const theirs = new Set(await offered(other))
  const ours = await offered(one)
  const time = ours.find((some) => theirs.has(some) && dayOf(some) !== dayOf(ours[0]))
  if (time === undefined) throw new Error('the two have no time in common')
  return time
}

/** A day in Finland, as it is typed. */
function inDays(days: number): string {
  return new Intl.DateTimeFormat('fi', {
    timeZone: 'Europe/Helsinki',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
  }).format(Date.now() + days * 86_400_000)
}

/** Marks a day away in the open list of hours. */
async function dayAway(page: Page, date: string): Promise<void> {
  const away = page.locator('.hours-line').getByText('Poissa', { exact: true })
  await page.getByRole('button', { name: 'Lisää poikkeus' }).waitFor()
  const before = await away.count()
  await page.getByRole('button', { name: 'Lisää poikkeus' }).click()
  await page.getByRole('textbox', { name: 'Päivä' }).fill(date)
  await page.getByRole('button', { name: 'Tallenna' }).click()
  await page.getByRole('textbox', { name: 'Päivä' }).waitFor({ state: 'detached' })
  await eventually('days away', () => away.count(), before + 1)
}

const MONTHS =
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta'.split(
    ' ',
  )

/** The last day with times, "torstai 17. joulukuuta 2026" to those who hear the page, as it is typed. */
async function lastDay(page: Page): Promise<string> {
  const heard = (await page.locator('.times-day').last().getAttribute('aria-label')) ?? ''
  const [, date = '', month = '', year = ''] = /(\d+)\. (\S+) (\d{4})$/.exec(heard) ?? []
  return `${date}.${MONTHS.indexOf(month) + 1}.${year}`
}
