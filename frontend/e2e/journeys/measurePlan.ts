import { Caller } from '../caller'
import { eventually, holds, type Kit, textOf } from '../kit'

/** A trainer takes a first plan with a tap, changes it knowing what that does, and never sees a name. */
export async function measurePlan(kit: Kit): Promise<void> {
  const caller = await Caller.signIn(kit, 'paivi')
  const { cohorts } = await caller.get<{ cohorts: { course: string; unit: string }[] }>('/api/cohorts')
  const like = cohorts[0]
  if (!like) throw new Error('the trainer has no cohort')
  const { id } = await caller.post<{ id: string }>('/api/cohorts', {
    name: 'Mittausten ryhmä',
    course: like.course,
    unit: like.unit,
    starts: inDays(30),
  })
  const page = await kit.signIn('paivi')

  await kit.step('the page of a cohort leads to what it is asked', async () => {
    await page.getByRole('link', { name: 'Syksyn ryhmä' }).click()
    await page.getByRole('link', { name: 'Kyselyt', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Kyselyt' }).waitFor()
    await page.getByText(/vapaaehtoista/).waitFor()
    const shown = await textOf(page.getByRole('main'))
    for (const name of ['Aino Lahti', 'Eero Virtanen'])
      holds(!shown.includes(name), `nobody is named: ${name}`)
  })
  await kit.check(page, 'measures of a cohort')

  await kit.step('a cohort without a plan is offered one', async () => {
    await page.goto(`/cohorts/${id}/measures`)
    await page.getByRole('heading', { name: 'Ryhmältä ei kysytä vielä mitään' }).waitFor()
  })
  await kit.check(page, 'no measures yet')

  await kit.step('a tap takes it, and what it does is told first', async () => {
    await page.getByRole('button', { name: 'Ota tämä käyttöön' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/Ensimmäisenä on vuorossa Alku/).waitFor()
    await kit.check(page, 'saving a plan')
    await dialog.getByRole('button', { name: 'Tallenna' }).click()
    await page.getByText('Tallennettu').waitFor()
    await page.getByRole('heading', { name: 'Puoli vuotta lopun jälkeen' }).waitFor()
  })
  await kit.check(page, 'timeline of measures')

  const year = new Date().getFullYear() + 2
  const halfYearLater = `31.1.${year + 1}–20.2.${year + 1}`
  await kit.step('a later end moves the later points, and a box asks more', async () => {
    await page.getByRole('button', { name: 'Muuta suunnitelmaa' }).click()
    await page.getByRole('textbox', { name: 'Koulutus päättyy' }).fill(`31.7.${year}`)
    await page.getByText(halfYearLater).waitFor()
    await page.getByRole('checkbox', { name: /voimavarakysely.*: Kuukausi lopun jälkeen/i }).check()
    await kit.check(page, 'plan of measures')
    await page.getByRole('button', { name: 'Tallenna' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click()
    await page.getByText('Tallennettu').waitFor()
    await page.getByText(halfYearLater).waitFor()
  })

  await kit.step('it is so after the page is loaded anew', async () => {
    await page.reload()
    await page.getByRole('button', { name: 'Muuta suunnitelmaa' }).click()
    const box = page.getByRole('checkbox', { name: /voimavarakysely.*: Kuukausi lopun jälkeen/i })
    await eventually('the box stays', () => box.isChecked(), true)
  })
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
