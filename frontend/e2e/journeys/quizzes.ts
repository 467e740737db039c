import type { Locator, Page } from 'playwright-core'
import { eventually, holds, type Kit, textOf, tick } from '../kit'
import { openAnswerMarked } from './marking'

const COURSE = '/courses/testit'

/** A course of the operator's own with every type of question, and a quiz of one minute. */
export async function quizzes(kit: Kit): Promise<void> {
  const trainer = await kit.signIn('paivi')
  await kit.step('a trainer opens a group in a course of the operator’s own', async () => {
    await trainer.goto('/cohorts')
    await trainer.getByRole('button', { name: 'Uusi ryhmä' }).click()
    await trainer.getByRole('textbox', { name: 'Ryhmän nimi' }).fill('Testien ryhmä')
    await trainer.getByRole('button', { name: /Kurssi/ }).click()
    await trainer.getByRole('option', { name: 'Testien malli' }).click()
    await trainer.getByRole('button', { name: 'Tallenna' }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Testien ryhmä' }).waitFor()
    await trainer.getByRole('button', { name: 'Lisää koulutettavia' }).click()
    await tick(trainer.getByRole('checkbox', { name: 'Veera Hakala' }))
    await trainer.getByRole('button', { name: 'Lisää yksi valittu' }).click()
    await trainer.getByRole('link', { name: 'Veera Hakala' }).waitFor()
  })

  await everyType(kit, trainer)
  await oneMinute(kit)
}

async function everyType(kit: Kit, trainer: Page): Promise<void> {
  const page = await kit.signIn('oppija12')
  await kit.step('a quiz with an order to find is started', async () => {
    await page.goto(`${COURSE}/activities/testit-kaikki`)
    await page.getByText('Yrityksiä on jäljellä 1/1.').waitFor()
    await page.getByRole('button', { name: 'Aloita testi' }).click()
    await page.getByRole('button', { name: 'Tarkista vastaukset' }).waitFor()
  })
  await kit.check(page, 'every type')

  await kit.step('questions without a whole answer are named, each in its own words', async () => {
    await page.getByRole('button', { name: 'Tarkista vastaukset' }).click()
    await page.getByText('Vastaa vielä kysymyksiin 1, 2, 3, 4, 5, 6.').waitFor()
    await page.getByText('Valitse jokaiselle kohdalle pari.').waitFor()
    await page.getByText('Aseta kohdat järjestykseen.').waitFor()
    await page.getByText('Kirjoita vastaus numeroina, esimerkiksi 6,8.').waitFor()
  })

  await kit.step('an order is found with the keyboard alone, and each move is told', async () => {
    await order(page, ['Ensitapaaminen', 'Suunnitelma', 'Seuranta'])
    await page
      .getByRole('status')
      .filter({ hasText: /: nyt kohdassa \d\/3/ })
      .waitFor({ state: 'attached' })
  })

  await kit.step('every type is answered, and half of it is there after a reload', async () => {
    await tick(page.getByRole('radio', { name: 'Ei pidä paikkaansa' }))
    await page.getByLabel('Palkkatuki').selectOption({ label: 'Työllisyysalue' })
    await page.getByLabel('Kuntoutusraha').selectOption({ label: 'Kela' })
    await page.getByText('Luonnos tallennettu').waitFor()
    await page.reload()
    await eventually('the pair', () => chosen(page.getByLabel('Kuntoutusraha')), 'Kela')
    await eventually('the open pair', () => chosen(page.getByLabel('Työeläkekuntoutus')), 'Valitse')
    await eventually(
      'the order',
      () => page.locator('.ordering-text').allTextContents(),
      (items) => items.join() === 'Ensitapaaminen,Suunnitelma,Seuranta',
    )
    await page.getByLabel('Työeläkekuntoutus').selectOption({ label: 'Kela' }) // wrong: a part of the points
    await page.getByRole('textbox', { name: 'Vastauksesi numeroina (%)' }).fill('6,9')
    await page
      .getByRole('group', { name: /tasapainoa/ })
      .getByRole('textbox')
      .fill('Työkyky.')
    await page
      .getByRole('group', { name: /ensimmäiseksi/ })
      .getByRole('textbox')
      .fill('Kysyn, miten asiakas itse näkee tilanteensa.')
  })

  await kit.step('the open answer waits for its points; the others come at once, also in part', async () => {
    await page.getByRole('button', { name: 'Tarkista vastaukset' }).click()
    await page.getByRole('heading', { name: 'Vastaukset on lähetetty' }).waitFor()
    await page.getByText('Muista kysymyksistä sait 8 p.', { exact: false }).waitFor()
    await page.getByText('Osin oikein · 2/3 pistettä').waitFor()
    await page.getByText('Odottaa pisteitä', { exact: true }).waitFor()
  })
  await kit.check(page, 'review of every type')

  await openAnswerMarked(kit, trainer, page)
  await trainer.goto('/cohorts')
  await trainer.getByRole('link', { name: 'Testien ryhmä' }).click()

  await kit.step('the only attempt is used; the trainer gives another, with the reason', async () => {
    await trainer.getByRole('link', { name: 'Veera Hakala' }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Veera Hakala' }).waitFor()
    const again = trainer.getByRole('button', { name: 'Anna uusi yritys' })
    if (!(await again.isVisible())) await trainer.locator('summary', { hasText: 'Kysymyslajit' }).click()
    await again.click()
    await trainer
      .getByRole('textbox', { name: 'Miksi annat uuden yrityksen?' })
      .fill('Yhteys katkesi kesken.')
    await kit.check(trainer, 'reopening a quiz')
    await trainer.getByRole('dialog').getByRole('button', { name: 'Anna uusi yritys' }).click()
    await eventually('ways to give another', () => again.count(), 0)
  })
  await page.context().close()
}

async function oneMinute(kit: Kit): Promise<void> {
  const page = await kit.signIn('oppija12')
  await kit.step('a quiz of a minute says so before it starts', async () => {
    await page.goto(`${COURSE}/activities/testit-aika`)
    await page.getByText('Aikaa on yksi minuutti.').waitFor()
    await page.getByText('3 kysymystä, jotka arvotaan 5 kysymyksen joukosta.', { exact: false }).waitFor()
  })
  await kit.check(page, 'before a timed quiz')

  await kit.step('the time runs on through a lost network and a reload, on the same questions', async () => {
    await page.getByRole('button', { name: 'Aloita testi' }).click()
    await page.getByRole('timer').waitFor()
    const asked = await page.locator('.question-text').allTextContents()
    await tick(right(page, 0))
    await page.getByText('Luonnos tallennettu').waitFor()
    await page.context().setOffline(true)
    await tick(right(page, 1))
    await page.getByText('ei vielä palvelussa', { exact: false }).first().waitFor()
    await page.context().setOffline(false)
    await page.getByText('Luonnos tallennettu').waitFor()
    const before = seconds(await textOf(page.getByRole('timer')))
    await page.reload()
    await page.getByRole('timer').waitFor()
    // The server tells its time in whole seconds: a page that has just come may know it a second less well.
    holds(seconds(await textOf(page.getByRole('timer'))) <= before + 1, 'the time did not start anew')
    await eventually(
      'the questions',
      () => page.locator('.question-text').allTextContents(),
      (now) => now.join() === asked.join(),
    )
    await eventually('the first answer', () => right(page, 0).isChecked(), true)
    await eventually('the second answer', () => right(page, 1).isChecked(), true)
  })

  await kit.step('when the time is over, what was answered is handed in', async () => {
    await page.getByRole('heading', { name: 'Sait 2/3 pistettä' }).waitFor({ timeout: 120_000 })
    await page.getByText('Läpäisit testin.').waitFor()
    await page.getByText('ei vastausta').or(page.getByText('Tämä on oikein')).first().waitFor()
  })
  await kit.check(page, 'review of a timed quiz')

  await kit.step('an attempt that nobody comes back to is handed in too', async () => {
    await page.getByRole('button', { name: 'Yritä uudelleen' }).first().click()
    await page.getByRole('timer').waitFor()
    await tick(right(page, 2))
    await page.getByText('Luonnos tallennettu').waitFor()
    await page.goto('/learning')
    // A minute, and the grace for slow networks.
    const until = Date.now() + 150_000
    for (;;) {
      const answer = await page.request.get('/api/courses/testit/activities/testit-aika')
      const { quiz } = (await answer.json()) as { quiz: { open?: unknown } }
      if (quiz.open === undefined) break
      holds(Date.now() < until, 'the attempt is still open')
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
    await page.goto(`${COURSE}/activities/testit-aika`)
    await page.getByRole('heading', { name: 'Sait 1/3 pistettä' }).waitFor()
    await page.getByText('Paras tuloksesi on 2/3 pistettä.', { exact: false }).waitFor()
    await page.getByText('Kaikki 2 yritystä on käytetty.', { exact: false }).waitFor()
  })

  await kit.step('the attempt before can be read again', async () => {
    await page.getByRole('button', { name: 'Näytä' }).click()
    await eventually('questions', () => page.locator('.question').count(), 6)
  })
  await kit.check(page, 'earlier attempts')
}

/** The right choice of a question, from 0. */
function right(page: Page, question: number): Locator {
  return page.locator('fieldset.question-group').nth(question).getByRole('radio', { name: 'Tämä on oikein' })
}

function chosen(select: Locator): Promise<string> {
  return select.evaluate((field) => (field as HTMLSelectElement).selectedOptions[0]?.text ?? '')
}

function seconds(time: string): number {
  const [minutes = 0, rest = 0] = time.trim().split(':').map(Number)
  return minutes * 60 + rest
}

/** Puts items in order by their buttons, as somebody without a mouse would. */
async function order(page: Page, wanted: string[]): Promise<void> {
  for (const [place, item] of wanted.entries()) {
    for (;;) {
      const at = (await page.locator('.ordering-text').allTextContents()).indexOf(item)
      if (at <= place) break
      await page.getByRole('button', { name: `Siirrä ylemmäs: ${item}` }).press('Enter')
      await eventually(
        'the place',
        () => page.locator('.ordering-text').allTextContents(),
        (items) => items.indexOf(item) === at - 1,
      )
    }
  }
}
