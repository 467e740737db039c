import { eventually, finnishDay, holds, type Kit, settled, textOf } from '../kit'

/** What a trainer does on the page of a cohort: who waits for what, attendance, words to some of them. */
export async function group(kit: Kit): Promise<void> {
  const page = await kit.signIn('paivi')

  await kit.step('the page of a cohort counts who needs something', async () => {
    await page.getByRole('link', { name: 'Syksyn ryhmä' }).click()
    await page.getByRole('heading', { level: 1, name: 'Syksyn ryhmä' }).waitFor()
    await page.getByRole('button', { name: 'Odottaa palautetta' }).waitFor()
    await eventually('rows', () => page.locator('.roster-row').count(), 13)
  })
  await kit.check(page, 'roster')

  await kit.step('a count filters, and the filter says how many there are', async () => {
    const behind = page.getByRole('button', { name: 'Jäljessä' })
    const count = Number.parseInt((await textOf(behind)).trim(), 10)
    holds(count > 0, 'somebody is behind')
    await behind.click()
    await eventually('rows', () => page.locator('.roster-row').count(), count)
    await page.getByRole('checkbox', { name: 'Valitse kaikki näkyvät' }).check()
    await page.getByText(count === 1 ? 'Yksi valittu' : `${count} valittua`).waitFor()
  })
  await kit.check(page, 'roster, some chosen')

  await kit.step('a message is looked at and goes to them only', async () => {
    await page.getByRole('button', { name: 'Lähetä viesti' }).click()
    await page.getByRole('textbox', { name: 'Aihe' }).fill('Lähipäivä')
    await page
      .getByRole('textbox', { name: 'Viesti' })
      .fill('Huomasin, ettet päässyt paikalle. Miten voin auttaa?')
    await page.getByRole('button', { name: 'Katso ennen lähettämistä' }).click()
    await page.getByRole('heading', { name: 'Näin viesti lähtee' }).waitFor()
    await kit.check(page, 'message')
    await page.getByRole('button', { name: /^Lähetä (yksi viesti|\d+ viestiä)$/ }).click()
    await page.getByText(/Viesti on lähtenyt/).waitFor()
  })

  await kit.step('more time is given with a reason', async () => {
    await page.getByRole('checkbox', { name: 'Valitse kaikki näkyvät' }).check()
    await page.getByRole('button', { name: 'Jatka määräaikaa' }).click()
    await page.getByRole('textbox', { name: 'Uusi viimeinen päivä' }).fill(finnishDay(42))
    await page.getByRole('textbox', { name: 'Syy' }).fill('Sovittu puhelimessa.')
    await kit.check(page, 'extension')
    await page.getByRole('dialog').getByRole('button', { name: 'Jatka määräaikaa' }).click()
    await page.getByText(/Määräaikaa on jatkettu/).waitFor()
  })

  await kit.step('attendance: all are there, two are tapped', async () => {
    await page.getByRole('link', { name: 'Merkitse läsnäolo' }).click()
    await page.getByRole('heading', { level: 1, name: 'Lähipäivät' }).waitFor()
    await kit.check(page, 'contact days')
    await page
      .getByRole('link', { name: /Ei vielä merkitty/ })
      .first()
      .click()
    await page.getByRole('button', { name: /Aino Lahti/ }).click()
    await page.getByRole('button', { name: /Eero Virtanen/ }).click()
    await page.getByText('10 paikalla · 2 poissa').waitFor()
    await kit.check(page, 'attendance')
    await page.getByRole('button', { name: 'Tallenna' }).click()
    await page.getByText('Läsnäolo on tallennettu.').waitFor()
  })

  await kit.step('a slip is corrected the same way', async () => {
    await page.getByRole('link', { name: /Lähipäivät/ }).click()
    await page.getByRole('link', { name: /10 paikalla · 2 poissa/ }).click()
    await page.getByRole('button', { name: /Aino Lahti Poissa/ }).click()
    await page.getByRole('button', { name: /Aino Lahti ✓ Paikalla/ }).waitFor()
    await page.getByRole('button', { name: 'Tallenna' }).click()
    await page.getByText('Läsnäolo on tallennettu.').waitFor()
    await page.getByRole('link', { name: /Lähipäivät/ }).click()
    await page.getByRole('link', { name: /11 paikalla · 1 poissa/ }).waitFor()
    await settled(page)
  })
}
