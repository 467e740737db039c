import type { Page } from 'playwright-core'
import { eventually, holds, type Kit } from '../kit'

/** A doctor opens the hour that helps most of those who wait, and says how they are booked; a scheduler moves hours. */
export async function hours(kit: Kit): Promise<void> {
  const ville = await kit.signIn('ville')
  await kit.step('a client waits who can come on Mondays only', async () => {
    await waitOnMondays(ville)
    await eventually('who waits', () => statuses(ville), ['waiting'])
  })

  const doctor = await kit.signIn('mikko')
  await kit.step('the first tap shows the doctor which hours would help most', async () => {
    await doctor.getByRole('heading', { level: 1, name: 'Tänään' }).waitFor()
    await doctor.getByRole('button', { name: 'Näytä, mistä olisi eniten apua' }).click()
    await doctor
      .getByText(/^Palvelisi (yhtä|\d+) odottavaa/)
      .first()
      .waitFor()
    const first = doctor.getByRole('button', { name: /^Avaa ma .* klo/ }).first()
    holds(
      ((await first.getAttribute('aria-label')) ?? '').startsWith('Avaa ma '),
      'the hours are on a Monday',
    )
  })
  await kit.check(doctor, 'which hour to open')

  await kit.step('the second opens it, and the place is offered to who waits', async () => {
    await doctor
      .getByRole('button', { name: /^Avaa ma .* klo/ })
      .first()
      .click()
    await doctor.getByText('Julkaistu', { exact: true }).waitFor()
    await eventually('who has an offer', () => statuses(ville), ['offered'])
  })
  await kit.check(doctor, 'an hour opened')

  await kit.step('what was published is taken back with one tap', async () => {
    await doctor.getByRole('link', { name: 'Vastaanottoajat', exact: true }).click()
    await doctor.getByRole('heading', { level: 1, name: 'Vastaanottoajat' }).waitFor()
    const publish = doctor.getByRole('button', { name: /^Julkaise: / }).first()
    await publish.waitFor()
    await doctor.locator('.hours-line').first().waitFor()
    const before = await doctor.locator('.hours-line').count()
    await publish.click()
    await doctor.getByText('Julkaistu', { exact: true }).waitFor()
    await eventually(
      'more hours',
      () => doctor.locator('.hours-line').count(),
      (count) => count > before,
    )
    await doctor.getByRole('button', { name: 'Kumoa', exact: true }).click()
    await doctor.getByText('Julkaisu on kumottu.').waitFor()
    await eventually('hours as before', () => doctor.locator('.hours-line').count(), before)
  })

  await kit.step('a doctor says in plain words how they are booked', async () => {
    const section = doctor.getByRole('region', { name: 'Näin minulle varataan' })
    await section.getByRole('button', { name: 'Muuta' }).click()
    await section.getByRole('button', { name: /Väli ajan jälkeen/ }).click()
    await doctor.getByRole('option', { name: '10 min' }).click()
    await section.getByRole('button', { name: /Varaamaton aika palautuu/ }).click()
    await doctor.getByRole('option', { name: '7 päivää ennen omaan käyttöön' }).click()
    await kit.check(doctor, 'changing how one is booked')
    await section.getByRole('button', { name: 'Tallenna' }).click()
    await section.getByText('7 päivää ennen omaan käyttöön').waitFor()
    await section.getByRole('button', { name: 'Muuta' }).waitFor()
  })
  await kit.check(doctor, 'hours and how one is booked')

  const scheduler = await kit.signIn('sanna')
  await kit.step('a scheduler moves weekly hours without typing them anew', async () => {
    await scheduler.getByRole('link', { name: /Mikko Saarinen/ }).click()
    await scheduler.getByRole('heading', { level: 1, name: /Mikko Saarinen/ }).waitFor()
    await scheduler.getByRole('button', { name: 'Muuta torstai klo 9.00' }).click()
    await kit.check(scheduler, 'hours being moved')
    await scheduler.getByRole('textbox', { name: 'Alkaa klo' }).fill('10')
    await scheduler.getByRole('textbox', { name: 'Päättyy klo' }).fill('12')
    await scheduler.getByRole('button', { name: 'Tallenna' }).click()
    await scheduler.getByRole('button', { name: 'Muuta torstai klo 10.00' }).waitFor()
    await scheduler.getByRole('button', { name: 'Muuta torstai klo 9.00' }).waitFor({ state: 'detached' })
  })

  await kit.step('and says how long it takes between two units', async () => {
    await scheduler.getByRole('link', { name: 'Lääkärien ajat' }).first().click()
    await scheduler.getByRole('heading', { level: 1, name: 'Lääkärien ajat' }).waitFor()
    await scheduler.getByRole('button', { name: 'Anna matka-aika' }).click()
    await scheduler.getByRole('button', { name: 'Tallenna' }).click()
    await scheduler
      .getByRole('button', { name: /^Poista .* – / })
      .first()
      .waitFor()
  })
  await kit.check(scheduler, 'doctors and travel')
}

/** Puts a new case into the line of the doctor's unit. The page for it is walked elsewhere. */
async function waitOnMondays(page: Page): Promise<void> {
  const status = await page.evaluate(async () => {
    const { doctors } = await (await fetch('/api/doctors')).json()
    const mikko = doctors.find((one: { name: string }) => one.name === 'Mikko Saarinen')
    const made = await fetch('/api/requests', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Luotsi-Request': '1' },
      body: JSON.stringify({
        unit: mikko.unit,
        doctor: mikko.person,
        minutes: 30,
        mode: 'phone',
        never: ['2', '3', '4', '5'],
      }),
    })
    return made.status
  })
  holds(status === 201, 'the request is made')
}

async function statuses(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { requests } = await (await fetch('/api/requests')).json()
    return requests
      .filter((one: { never?: string[] }) => one.never?.join() === '2,3,4,5')
      .map((one: { state: string }) => one.state)
  })
}
