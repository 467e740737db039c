import { holds, type Kit, same, tick } from '../kit'

/** A scheduler keeps rooms and interpreters; a coordinator goes away, and another one stands in. */
export async function resources(kit: Kit): Promise<void> {
  const sanna = await kit.signIn('sanna')
  await kit.step('a scheduler adds a room and an interpreter', async () => {
    await sanna.getByRole('link', { name: 'Tilat ja tulkit', exact: true }).click()
    await sanna.getByRole('heading', { level: 1, name: 'Tilat ja tulkit' }).waitFor()
    await sanna.getByRole('button', { name: 'Lisää huone' }).click()
    await sanna.getByRole('textbox', { name: /Nimi/ }).fill('Pieni neuvotteluhuone')
    await sanna.getByRole('button', { name: 'Tallenna' }).click()
    await sanna.getByText('Pieni neuvotteluhuone').waitFor()
    await sanna.getByRole('button', { name: 'Lisää tulkki' }).click()
    await sanna.getByRole('textbox', { name: /Nimi/ }).fill('Amina Tulkki')
    await sanna.getByRole('textbox', { name: /Sähköpostiosoite/ }).fill('amina@tulkit.example')
    await tick(sanna.getByRole('checkbox', { name: 'somali' }))
    await tick(sanna.getByRole('checkbox', { name: 'suomalainen viittomakieli' }))
  })
  await kit.check(sanna, 'adding an interpreter')
  await kit.step('a room of the same name is refused', async () => {
    await sanna.getByRole('button', { name: 'Tallenna' }).click()
    await sanna.getByText('somali, suomalainen viittomakieli').waitFor()
    await sanna.getByRole('button', { name: 'Lisää huone' }).click()
    await sanna.getByRole('textbox', { name: /Nimi/ }).fill('pieni NEUVOTTELUHUONE')
    await sanna.getByRole('button', { name: 'Tallenna' }).click()
    await sanna.getByText('Yksikössä on jo samanniminen huone.').waitFor()
    await sanna.getByRole('button', { name: 'Peruuta' }).click()
  })
  await kit.check(sanna, 'rooms and interpreters')

  await kit.step('a room gets hours like a person', async () => {
    await sanna.getByRole('link', { name: 'Ajat: Pieni neuvotteluhuone' }).click()
    await sanna.getByRole('heading', { level: 1, name: 'Ajat: Pieni neuvotteluhuone' }).waitFor()
    await sanna.getByText('Huoneen voi varata mihin aikaan tahansa.').waitFor()
    await sanna.getByRole('button', { name: 'Lisää viikoittainen aika' }).click()
    await sanna.getByRole('button', { name: 'Julkaise ajat' }).click()
    await sanna.getByText('Huoneen voi varata mihin aikaan tahansa.').waitFor({ state: 'detached' })
  })
  await kit.check(sanna, 'hours of a room')

  await kit.step('an interpreter who is out of use is gone from the list', async () => {
    await sanna.getByRole('link', { name: 'Tilat ja tulkit', exact: true }).first().click()
    await sanna.getByRole('button', { name: 'Poista käytöstä: Amina Tulkki' }).click()
    const dialog = sanna.getByRole('dialog', { name: 'Poistetaanko Amina Tulkki käytöstä?' })
    await dialog.getByText('Tulevia varauksia ei ole.').waitFor()
  })
  await kit.check(sanna, 'out of use')
  await kit.step('and the list says so', async () => {
    await sanna.getByRole('dialog').getByRole('button', { name: 'Poista käytöstä' }).click()
    await sanna.getByRole('button', { name: 'Poista käytöstä: Amina Tulkki' }).waitFor({ state: 'detached' })
    await sanna.getByText('Layla Nur').waitFor()
  })

  const ville = await kit.signIn('ville')
  await kit.step('a coordinator who goes away names a deputy', async () => {
    await ville.goto('/hours')
    await ville.getByRole('heading', { level: 1, name: 'Omat ajat' }).waitFor()
    await ville.getByRole('button', { name: 'Merkitse poissaolo' }).click()
    await ville.getByRole('textbox', { name: /Viimeinen poissaolopäivä/ }).fill(inDays(5))
    await ville.getByRole('button', { name: /Sijainen/ }).waitFor()
  })
  await kit.check(ville, 'adding an absence')
  await kit.step('and it stands in their hours', async () => {
    await ville.getByRole('button', { name: 'Tallenna' }).click()
    await ville.getByText('Sijainen: Aino Lahti').waitFor()
  })
  await kit.check(ville, 'an absence')

  const aino = await kit.signIn('aino')
  await kit.step('the deputy is told, and sees whose the cases are', async () => {
    await aino.goto('/appointments')
    await aino.getByText('Sijaistat nyt: Ville Koskinen').waitFor()
    await aino.getByRole('link', { name: /avoin/ }).click()
    await aino.getByRole('heading', { level: 1, name: 'Sijaistat' }).waitFor()
    await aino.getByText('Vastuuhenkilö: Ville Koskinen').first().waitFor()
    const whom = aino.getByRole('region', { name: 'Ketä sijaistat' })
    await whom.getByText('Ville Koskinen').waitFor()
  })
  await kit.check(aino, 'standing in')
  await kit.step('and may open what is to come', async () => {
    const cases = aino.getByRole('region', { name: 'Avoimet asiat' })
    await cases.getByRole('link').first().click()
    await aino.getByRole('heading', { level: 1, name: 'Yhteisvastaanotto' }).waitFor()
    await aino.getByText('Ville Koskinen').first().waitFor()
  })

  const kari = await kit.signIn('kari')
  await kit.step('a manager sees that every case has somebody, and no names', async () => {
    const table = kari.getByRole('region', { name: 'Avoimet asiat yksiköittäin' })
    await table.getByRole('rowheader', { name: 'Työllisyyspalvelut' }).waitFor()
    const cells = await table.getByRole('row').nth(1).getByRole('cell').allTextContents()
    const [open, cared, owners, covered] = cells
    same(cared, `${open}/${open}`, 'cases that somebody answers for')
    same(owners, '2', 'people responsible')
    holds(Number(covered) > 0, 'some are with a deputy')
    const text = await table.textContent()
    holds(!text?.includes('Koskinen') && !text?.includes('Lahti'), 'no names')
  })
  await kit.check(kari, 'on whom cases depend')

  await kit.step('whoever is back has the cases again', async () => {
    await ville.getByRole('button', { name: /Päätä poissaolo/ }).click()
    await ville.getByRole('dialog').getByRole('button', { name: 'Päätä poissaolo' }).click()
    await ville.getByText('Ei tulevia poissaoloja').waitFor()
    await aino.goto('/covering')
    await aino.getByText('Ei sijaistettavia asioita tänään').waitFor()
  })

  const outi = await kit.signIn('outi')
  await kit.step('another professional begins with their appointments, and books nothing', async () => {
    await outi.getByRole('heading', { level: 1, name: 'Omat yhteisvastaanotot' }).waitFor()
    await outi.getByRole('link', { name: 'Omat ajat' }).waitFor()
    same(await outi.getByRole('link', { name: 'Varaa yhteisvastaanotto' }).count(), 0, 'ways to book')
  })
  await kit.check(outi, 'appointments of a professional')
}

/** A day from today on, typed the Finnish way. */
function inDays(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000)
  return new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki' }).format(day)
}
