import type { Page } from 'playwright-core'
import { eventually, finnishDay, holds, type Kit, tick } from '../kit'

const TRY = '/courses/tyokykykoordinaattori/activities/m1-work'

/** Something is tried at work: the learner plans and tells, a trainer sees it applied and reads what is shared, the learner sees who read. */
export async function applied(kit: Kit): Promise<void> {
  const learner = await kit.signIn('aino')
  const trainer = await kit.signIn('paivi')

  await kit.step('a learner plans what to try, with whom and by when', async () => {
    await learner.goto(TRY)
    await learner.getByRole('textbox', { name: 'Mitä kokeilet?' }).fill('Kysyn arjesta ennen lomakkeita.')
    await learner.getByRole('textbox', { name: /Kenen kanssa/ }).fill('Tiimin kanssa')
    await learner.getByRole('textbox', { name: 'Mihin mennessä?' }).fill(finnishDay(14))
    await learner.getByRole('button', { name: 'Tallenna suunnitelma' }).click()
    await learner.getByRole('heading', { name: 'Kerro, miten kävi' }).waitFor()
  })

  await kit.step('the trainer sees that it is planned, and no text', async () => {
    await openApplied(trainer)
    const row = trainer.getByRole('listitem').filter({ hasText: 'Aino Lahti' })
    await row.getByText('Suunniteltu', { exact: true }).waitFor()
    holds((await row.getByRole('link', { name: /^Lue/ }).count()) === 0, 'nothing can be read yet')
  })
  const before = await count(trainer, 'Kokeiltu')

  await kit.step('the learner tells what came of it, and lets the trainer read it', async () => {
    await tick(learner.getByRole('radio', { name: 'Se toimi osittain' }))
    await learner.getByRole('textbox', { name: 'Mitä tapahtui?' }).fill('Asiakas kertoi enemmän kuin ennen.')
    await learner.getByRole('button', { name: 'Tallenna', exact: true }).click()
    await learner.getByText('Asiakas kertoi enemmän kuin ennen.').waitFor()
  })

  await kit.step('the trainer sees it applied; how it went stays with the learner', async () => {
    await trainer.reload()
    await eventually('tried', () => count(trainer, 'Kokeiltu'), before + 1)
    const row = trainer.getByRole('listitem').filter({ hasText: 'Aino Lahti' })
    await row.getByText('✓ Kokeiltu').waitFor()
    holds((await row.getByText('Se toimi osittain').count()) === 0, 'the outcome is not told')
  })

  await kit.step('a count filters, and the address keeps it', async () => {
    await trainer.getByRole('button', { name: /Kokeiltu/ }).click()
    await trainer.waitForURL(/show=tried/)
    await trainer.reload()
    await eventually('rows', () => trainer.locator('.tries-row').count(), before + 1)
  })
  await kit.check(trainer, 'applied, filtered')

  await kit.step('the learner opens the text to trainers', async () => {
    await tick(learner.getByRole('radio', { name: 'Kouluttaja saa lukea sen' }))
    await learner.getByText('Kukaan ei ole avannut tekstiä.').waitFor()
    // Saved with the tap: another device shows the same.
    await eventually(
      'the grade',
      async () => {
        const answer = await learner.request.get(`/api${TRY}`)
        return ((await answer.json()) as { work: { sharing: { privacy: string } } }).work.sharing.privacy
      },
      'read',
    )
  })

  await kit.step('the trainer reads it on a page of its own', async () => {
    await trainer.reload()
    const row = trainer.getByRole('listitem').filter({ hasText: 'Aino Lahti' })
    await row.getByText('Se toimi osittain').waitFor()
    await row.getByRole('link', { name: /^Lue/ }).click()
    await trainer.getByText('Asiakas kertoi enemmän kuin ennen.').waitFor()
    await trainer.getByText('Aino Lahti näkee, että avasit tekstin.', { exact: false }).waitFor()
  })
  await kit.check(trainer, 'a shared try')

  await kit.step('the page of the learner has it too', async () => {
    await trainer.getByRole('link', { name: /Aino Lahti/ }).click()
    await trainer.getByRole('heading', { name: 'Kokeiltu työssä' }).waitFor()
    await trainer.getByRole('link', { name: /^Lue/ }).first().waitFor()
  })
  await kit.check(trainer, 'a learner who tried')

  await kit.step('the learner sees who opened it, and closes it', async () => {
    await learner.reload()
    await learner.getByText(/^Päivi .* \d+\.\d+\./).waitFor()
    await tick(learner.getByRole('radio', { name: /Kouluttaja näkee, että kokeilit/ }))
    await openApplied(trainer)
    await eventually(
      'ways to read',
      async () => {
        await trainer.reload()
        await trainer.locator('.tries-row').first().waitFor()
        return trainer
          .getByRole('listitem')
          .filter({ hasText: 'Aino Lahti' })
          .getByRole('link', { name: /^Lue/ })
          .count()
      },
      0,
    )
  })
  await kit.check(learner, 'who opened what I tried')
}

async function openApplied(page: Page): Promise<void> {
  await page.goto('/cohorts')
  await page.getByRole('link', { name: 'Syksyn ryhmä' }).click()
  await page.getByRole('link', { name: 'Kokeiltu työssä' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kokeiltu työssä' }).waitFor()
}

async function count(page: Page, name: string): Promise<number> {
  const button = page.locator('.roster-count').filter({ hasText: name }).first()
  return Number.parseInt((await button.textContent()) ?? '', 10)
}
