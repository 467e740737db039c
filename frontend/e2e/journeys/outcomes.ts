import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, textOf, tick } from '../kit'

/** Of the demo's two past meetings: the last one, and the one before it. */
const LAST = 'K7M4PX'
const EARLIER = 'T3W9HR'

/** What a meeting came to: the doctor writes it between two patients, the coordinator takes it along. */
export async function outcomes(kit: Kit): Promise<void> {
  const doctor = await kit.signIn('mikko')
  await letCopy(doctor)
  const row = doctor.getByRole('article').filter({ hasText: LAST })
  await kit.step('a meeting that is over stands on the doctor’s first page', async () => {
    await row.getByText('Ei varattu', { exact: true }).waitFor()
    same(await doctor.getByText(EARLIER).count(), 0)
  })

  await kit.step('a tap opens the question and the form', async () => {
    await row.getByRole('button', { expanded: false, name: LAST }).click()
    await row.getByText(/Miten työhön paluu kannattaa porrastaa/).waitFor()
    await row.getByRole('textbox', { name: 'Päätettiin' }).waitFor()
  })
  await kit.check(doctor, 'outcome to write')

  await kit.step('it is ticked as booked in the patient system, and that it took place', async () => {
    await tick(row.getByRole('checkbox', { name: 'Varattu potilastietojärjestelmään' }))
    await row.getByText('Varattu', { exact: true }).waitFor()
    await row.getByRole('button', { name: 'Toteutui' }).click()
    await row.getByText('Toteutui', { exact: true }).waitFor()
  })

  await kit.step('what was decided, who does what and by when, and the next contact', async () => {
    await row.getByRole('button', { name: 'Tallenna' }).click()
    await row.getByText('Täytä tämä kohta.').waitFor()
    await row
      .getByRole('textbox', { name: 'Päätettiin' })
      .fill('Työhön kolmena päivänä viikossa tammikuun alusta.')
    await row.getByRole('textbox', { name: 'Mitä' }).fill('Kirjoittaa lausunnon')
    await row.getByRole('textbox', { name: /^Mihin mennessä/ }).fill('4.12.2098')
    await row.getByRole('button', { name: 'Lisää tehtävä' }).click()
    await row.getByRole('button', { name: /Kuka/ }).last().click()
    await doctor.getByRole('option', { name: /^Ville Koskinen/ }).click()
    await row.getByRole('textbox', { name: 'Mitä' }).last().fill('Sopii työnantajan kanssa työpäivistä')
    await row.getByRole('textbox', { name: /^Seuraava yhteys/ }).fill('12.1.2099')
    await row.getByRole('textbox', { name: /^Miten/ }).fill('puhelu')
    await row.getByText('✓ Luonnos tallennettu').waitFor()
  })
  await kit.check(doctor, 'outcome being written')

  await kit.step('what was typed survives a reload, and is kept', async () => {
    await doctor.reload()
    await row.getByRole('button', { expanded: false, name: LAST }).click()
    const decided = row.getByRole('textbox', { name: 'Päätettiin' })
    await eventually(
      'what was typed',
      () => decided.inputValue(),
      'Työhön kolmena päivänä viikossa tammikuun alusta.',
    )
    await row.getByRole('button', { name: 'Tallenna' }).click()
    await row.getByText(/^Kirjaus on tallennettu/).waitFor()
    await row.getByText('viimeistään 4.12.2098').waitFor()
  })

  await kit.step('one tap copies it for the patient record', async () => {
    await row.getByRole('button', { name: 'Kopioi potilastietoihin' }).click()
    await row.getByText('✓ Kopioitu').waitFor()
    const text = await clipboard(doctor)
    holds(/Päätettiin: Työhön kolmena päivänä/.test(text), `the record: ${text}`)
    holds(/- lääkäri: Kirjoittaa lausunnon, viimeistään 4\.12\.2098/.test(text), `who does what: ${text}`)
    holds(!/Ville|Mikko/.test(text), 'names nobody')
    same(await row.getByRole('button', { name: 'Kopioi viesti asiakkaalle' }).count(), 0)
  })
  await kit.check(doctor, 'outcome written')

  const ville = await kit.signIn('ville')
  await letCopy(ville)
  await kit.step('the coordinator finds it, without anything left to write', async () => {
    await ville.getByRole('heading', { level: 1, name: 'Omat yhteisvastaanotot' }).waitFor()
    await ville.getByRole('region', { name: 'Tulevat' }).waitFor()
    same(await ville.getByRole('heading', { name: 'Kirjaa, mitä sovittiin' }).count(), 0)
    await ville.getByRole('button', { name: 'Näytä menneet' }).click()
    await ville.getByRole('link', { name: new RegExp(LAST) }).click()
    await ville.getByText('Työhön kolmena päivänä viikossa tammikuun alusta.').waitFor()
    await ville.getByText(/^Seuraava yhteys: 12\.1\.2099, puhelu/).waitFor()
  })
  await kit.check(ville, 'outcome read')

  await kit.step(
    'and copies the message for the client, which tells nothing but when they are called',
    async () => {
      await ville.getByRole('button', { name: 'Kopioi viesti asiakkaalle' }).click()
      await ville.getByText('✓ Kopioitu').waitFor()
      const text = await clipboard(ville)
      holds(/seuraavan kerran yhteydessä 12\.1\.2099/.test(text), `the message: ${text}`)
      holds(!/kolmena päivänä/.test(text), 'it does not say what was decided')
    },
  )
  await kit.check(ville, 'message for the client')

  await kit.step('an outcome of before can be read, and changed', async () => {
    await ville.goto('/appointments/demo-earlier-meeting')
    await ville.getByText(/^Haetaan ammatillista kuntoutusta/).waitFor()
    await ville.getByRole('button', { name: 'Muuta kirjausta' }).click()
    const decided = ville.getByRole('textbox', { name: 'Päätettiin' })
    await eventually(
      'the words of before',
      () => decided.inputValue(),
      (text) => text.startsWith('Haetaan'),
    )
    same(await ville.getByRole('textbox', { name: 'Mitä' }).count(), 3)
  })
  await kit.check(ville, 'outcome being changed')

  await kit.step('who takes part sees who wrote it', async () => {
    await doctor.goto('/appointments/demo-earlier-meeting')
    holds((await textOf(doctor.getByText(/^Mikko Saarinen, /).first())) !== '', 'the author')
  })
}

function same(got: number, want: number): void {
  holds(got === want, `got ${got}, want ${want}`)
}

async function letCopy(page: Page): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
}

async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}
