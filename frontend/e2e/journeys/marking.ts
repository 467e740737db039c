import type { Page } from 'playwright-core'
import { eventually, type Kit, tick } from '../kit'

/** An open answer is given its points out of the queue, and the learner sees the result. Builds on an attempt that waits. */
export async function openAnswerMarked(kit: Kit, trainer: Page, learner: Page): Promise<void> {
  await kit.step('the open answer stands in the queue', async () => {
    await trainer.goto('/feedback-queue')
    await trainer.getByRole('link', { name: /Veera Hakala.*Kaikki kysymyslajit/s }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Kaikki kysymyslajit' }).waitFor()
    await trainer.getByText('Kysyn, miten asiakas itse näkee tilanteensa.').waitFor()
    await trainer.getByText('Vastauksessa kysytään asiakkaan omaa näkemystä.').waitFor()
  })

  await kit.step('another trainer is told who marks it', async () => {
    const other = await kit.signIn('leena')
    await other.goto(new URL(trainer.url()).pathname)
    await other.getByText(/Päivi .* antaa tästä palautetta/).waitFor()
    await other.context().close()
  })

  await kit.step('no points are forgotten', async () => {
    await trainer.getByRole('button', { name: 'Tallenna ja avaa seuraava' }).click()
    await trainer.getByText('Valitse pisteet jokaiselle vastaukselle.').waitFor()
  })

  await kit.step('points and a comment are there after a reload', async () => {
    await tick(trainer.getByRole('radio', { name: '2', exact: true }))
    await trainer.getByRole('textbox', { name: /Kommentti vastaukseen/ }).fill('Hyvä alku.')
    await trainer.getByText('Yhteensä 10/12 pistettä. Läpipääsyyn tarvitaan 8.', { exact: false }).waitFor()
    await trainer.getByText('Luonnos tallennettu').waitFor()
    await trainer.reload()
    await eventually(
      'the points',
      () => trainer.getByRole('radio', { name: '2', exact: true }).isChecked(),
      true,
    )
  })
  await kit.check(trainer, 'points for an open answer')

  await kit.step('saving opens what waits next', async () => {
    await trainer.getByRole('button', { name: 'Tallenna ja avaa seuraava' }).click()
    await trainer
      .getByRole('heading', { level: 1, name: 'Kaikki kysymyslajit' })
      .waitFor({ state: 'detached' })
    await trainer.getByRole('heading', { level: 1 }).waitFor()
  })

  await kit.step('the learner sees the points, the comment and that the quiz is passed', async () => {
    await learner.reload()
    await learner.getByRole('heading', { name: 'Sait 10/12 pistettä' }).waitFor()
    await learner.getByText('Hyvä alku.').waitFor()
  })
}
