import { eventually, type Kit, same, settled } from '../kit'

const PASSWORD = 'kolme sanaa riittää kyllä'

export async function administrator(kit: Kit): Promise<void> {
  const page = await kit.signIn('tuula')

  await kit.step('an administrator sees and searches the people of the organisation', async () => {
    await page.getByRole('heading', { level: 1, name: 'Henkilöt' }).waitFor()
    await page.getByRole('searchbox', { name: 'Hae nimellä tai sähköpostilla' }).fill('lahti')
    await page.getByText('Yksi henkilö', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Aino Lahti' }).waitFor()
    await page.getByRole('searchbox', { name: 'Hae nimellä tai sähköpostilla' }).fill('')
    await page.getByText(/^\d+ henkilöä$/).waitFor()
  })
  await kit.check(page, 'people')

  await kit.step('invites a person by mail', async () => {
    await page.getByRole('link', { name: 'Kutsu henkilö' }).click()
    await page.getByRole('heading', { level: 1, name: 'Kutsu henkilö' }).waitFor()
    await page.getByRole('button', { name: 'Lähetä kutsu' }).click()
    await page.getByText('Täytä tämä kohta.').first().waitFor()
    await kit.check(page, 'invite')
    await page.getByRole('textbox', { name: 'Nimi' }).fill('Uuno Uusi')
    await page.getByRole('textbox', { name: 'Sähköpostiosoite' }).fill('uuno@demo.luotsi.example')
    await page.getByRole('button', { name: 'Lähetä kutsu' }).click()
    await page.getByRole('heading', { level: 1, name: 'Uuno Uusi' }).waitFor()
    await page.getByText('Kutsuttu', { exact: true }).waitFor()
  })
  await kit.check(page, 'person invited')

  const mail = await kit.server.mailTo('uuno@demo.luotsi.example', '/invitation/')
  const link = /\/invitation\/[\w.~-]+/.exec(mail)?.[0] ?? ''
  const invited = await kit.device()
  await kit.step('who accepts with the link, once', async () => {
    await invited.goto(link)
    await invited.getByRole('heading', { level: 1, name: 'Tervetuloa Luotsiin' }).waitFor()
    await kit.check(invited, 'invitation')
    await invited.getByRole('textbox', { name: 'Uusi salasana' }).fill(PASSWORD)
    await invited.getByRole('button', { name: 'Ota tunnus käyttöön' }).click()
    await invited.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await invited.getByText('Sinulla ei ole vielä kurssia').waitFor()
    const late = await kit.device()
    await late.goto(link)
    await late.getByText('Linkki on jo käytetty.').waitFor()
  })
  await kit.check(invited, 'no course yet')

  await kit.step('gets another role', async () => {
    await page.reload()
    await page.getByText('Käytössä', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Lisää rooli' }).click()
    await page
      .getByRole('button', { name: /Rooli$/ })
      .nth(1)
      .click()
    await page.getByRole('option', { name: 'Työkykykoordinaattori' }).click()
    await page.getByRole('button', { name: 'Tallenna' }).click()
    await page.getByText('Tallennettu', { exact: true }).waitFor()
    await invited.reload()
    await invited.getByRole('link', { name: 'Varaa aika' }).waitFor()
  })

  await kit.step('and own details, with everything that is kept to take along', async () => {
    await invited.goto('/account')
    await invited.getByRole('heading', { level: 1, name: 'Omat tiedot' }).waitFor()
    const [file] = await Promise.all([
      invited.waitForEvent('download'),
      invited.getByRole('button', { name: 'Lataa omat tietoni' }).click(),
    ])
    same(file.suggestedFilename(), 'luotsi.json', 'file')
  })
  await kit.check(invited, 'account')

  await kit.step('deactivating ends the person’s session at once', async () => {
    await page.getByRole('button', { name: 'Poista käytöstä' }).click()
    await page.getByRole('dialog', { name: 'Poistetaanko Uuno Uusi käytöstä?' }).waitFor()
    await kit.check(page, 'deactivate dialog')
    await page.getByRole('dialog').getByRole('button', { name: 'Poista käytöstä' }).click()
    await page.getByText('Poistettu käytöstä', { exact: true }).waitFor()
    await invited.getByRole('link', { name: 'Oma kurssi' }).click()
    await invited.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
    await kit.fillSignIn(invited, 'uuno', PASSWORD)
    await invited.getByText('Sähköposti tai salasana on väärä.').waitFor()
  })

  await kit.step('erasing asks for the name, and leaves no trace of it', async () => {
    await page.getByRole('button', { name: 'Poista henkilön tiedot' }).click()
    const dialog = page.getByRole('dialog', { name: 'Poistetaanko Uuno Uusi ja hänen tietonsa?' })
    await dialog.getByRole('textbox', { name: 'Vahvista kirjoittamalla Uuno Uusi' }).fill('Uuno')
    await dialog.getByRole('button', { name: 'Poista lopullisesti' }).click()
    await dialog.getByText('Nimi ei ole sama.').waitFor()
    await kit.check(page, 'erase dialog')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    const erase = page.getByRole('button', { name: 'Poista henkilön tiedot' })
    await eventually(
      'the focus is back',
      () => erase.evaluate((button) => button === document.activeElement),
      true,
    )
    await erase.click()
    await dialog.getByRole('textbox').fill('Uuno Uusi')
    await dialog.getByRole('button', { name: 'Poista lopullisesti' }).click()
    await page.getByRole('heading', { level: 1, name: 'Henkilöt' }).waitFor()
    await page.getByRole('searchbox', { name: 'Hae nimellä tai sähköpostilla' }).fill('uuno')
    await page.getByText('Henkilöitä ei löytynyt').waitFor()
  })
  await kit.check(page, 'nobody found')

  await kit.step('units and what is opened to others', async () => {
    await page.getByRole('link', { name: 'Yksiköt' }).click()
    await page.getByRole('heading', { level: 1, name: 'Yksiköt' }).waitFor()
    await page.getByRole('button', { name: 'Lisää yksikkö' }).click()
    await page.getByRole('textbox', { name: 'Yksikön nimi' }).fill('Työpaja')
    await kit.check(page, 'new unit')
    await page.getByRole('button', { name: 'Tallenna' }).click()
    await page.getByText('Työpaja').waitFor()
    await page.getByRole('textbox', { name: 'Yksikön nimi' }).waitFor({ state: 'detached' })
  })
  await kit.check(page, 'units')

  await kit.step('a unit is opened to another organisation for one purpose', async () => {
    await page.getByRole('button', { name: 'Avaa yksikkö' }).click()
    const form = page.locator('form')
    await form.getByRole('button', { name: /Mikä yksikkö/ }).click()
    await page.getByRole('option', { name: 'Työpaja' }).click()
    await form.getByRole('button', { name: /Mihin/ }).click()
    await page.getByRole('option', { name: 'Koulutusryhmät' }).click()
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    await kit.check(page, 'open a unit')
    await form.getByRole('button', { name: 'Avaa yksikkö' }).click()
    const line = page.getByRole('listitem').filter({ hasText: 'Työpaja → Rannikon hyvinvointialue' })
    await line.getByText(/^Koulutusryhmät · .* alkaen$/).waitFor()
  })

  await kit.step('the other organisation sees it, until it is closed', async () => {
    const other = await kit.signIn('jari')
    await other.goto('/units')
    await other.getByText('Työpaja', { exact: true }).first().waitFor()
    await page
      .getByRole('button', { name: 'Sulje yksikkö Työpaja organisaatiolta Rannikon hyvinvointialue' })
      .click()
    const dialog = page.getByRole('dialog', {
      name: 'Suljetaanko Työpaja organisaatiolta Rannikon hyvinvointialue?',
    })
    await kit.check(page, 'close a unit')
    await dialog.getByRole('button', { name: 'Sulje' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Työpaja → Rannikon hyvinvointialue').waitFor({ state: 'detached' })
    await eventually(
      'what has the focus when its line is gone',
      () => page.evaluate(() => document.activeElement?.textContent),
      'Avatut yksiköt',
    )
    await other.reload()
    await other.getByRole('heading', { level: 2, name: 'Rannikon hyvinvointialue' }).waitFor()
    await settled(other)
    same(await other.getByText('Työpaja', { exact: true }).count(), 0, 'units of others')
  })

  await kit.step('feedback comes with the day by which it is answered', async () => {
    await page.getByRole('link', { name: 'Palautteet' }).click()
    await page.getByRole('heading', { level: 1, name: 'Palautteet' }).waitFor()
  })
  await kit.check(page, 'feedback received')
}
