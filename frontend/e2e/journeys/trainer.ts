import { eventually, holds, type Kit, same, settled, textOf } from '../kit'

export async function trainer(kit: Kit): Promise<void> {
  const page = await kit.signIn('paivi')

  await kit.step('a trainer sees the cohorts', async () => {
    await page.getByRole('heading', { level: 1, name: 'Ryhmät' }).waitFor()
    await page.getByRole('link', { name: 'Syksyn ryhmä' }).waitFor()
  })
  await kit.check(page, 'cohorts')

  await kit.step('a cohort is a table of learners by module, whoever is behind first', async () => {
    await page.getByRole('link', { name: 'Syksyn ryhmä' }).click()
    await page.getByRole('link', { name: 'Edistyminen moduuleittain' }).click()
    await page.getByRole('table').waitFor()
    await eventually('columns', () => page.getByRole('columnheader').count(), 13)
    const percents = await page
      .locator('.matrix-all')
      .evaluateAll((cells) => cells.map((cell) => Number.parseInt(cell.textContent ?? '', 10)))
    holds(percents.length >= 10, 'there are learners')
    same(
      percents,
      [...percents].sort((a, b) => a - b),
      'order',
    )
  })
  await kit.check(page, 'cohort')

  await kit.step('a learner’s page shows what they did, and no draft', async () => {
    await page.getByRole('link', { name: 'Aino Lahti' }).click()
    await page.getByRole('heading', { level: 1, name: 'Aino Lahti' }).waitFor()
    await page.getByText('Katselusi on kirjattu käyttölokiin.').waitFor()
    await page.getByRole('heading', { name: 'Mitä on tapahtunut' }).waitFor()
    await page.getByText('Luki:').first().waitFor()
  })
  await kit.check(page, 'learner')

  await kit.step('a task that was handed in can be read', async () => {
    const read = page.getByRole('button', { name: 'Lue palautus' })
    await settled(page)
    if ((await read.count()) === 0)
      await page.getByRole('group').filter({ hasText: 'Työkyky ja sen malli' }).click()
    await read.first().click()
    await page.getByText('Sitten sovimme seuraavasta askeleesta.').waitFor()
  })

  await kit.step('a new cohort is opened and gets a learner', async () => {
    await page.goto('/cohorts')
    await page.getByRole('button', { name: 'Uusi ryhmä' }).click()
    await page.getByRole('textbox', { name: 'Ryhmän nimi' }).fill('Talven ryhmä')
    await kit.check(page, 'new cohort')
    await page.getByRole('button', { name: 'Tallenna' }).click()
    await page.getByRole('heading', { level: 1, name: 'Talven ryhmä' }).waitFor()
    await page.getByRole('button', { name: 'Lisää koulutettavia' }).click()
    await page.getByRole('heading', { name: 'Lisää koulutettavia' }).waitFor()
    await page.getByRole('checkbox').first().waitFor()
    await kit.check(page, 'add learners')
  })

  const manager = await kit.signIn('kari')
  await kit.step('a manager sees figures without a name', async () => {
    await manager.getByRole('heading', { level: 1, name: 'Luvut' }).waitFor()
    await manager.getByRole('row', { name: /Syksyn ryhmä/ }).waitFor()
    await settled(manager)
    holds(!(await textOf(manager.locator('main'))).includes('Aino'), 'no names')
  })
  await kit.check(manager, 'figures')
}
