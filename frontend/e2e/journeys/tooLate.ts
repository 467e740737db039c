import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, tick } from '../kit'

const QUIZ = '/courses/testit/activities/testit-aika'

/** A quiz of a minute in a tunnel: it begins with a network, is answered without, and its time runs on. */
export async function tooLate(kit: Kit): Promise<void> {
  await kit.step('a learner is put into a group', async () => {
    const trainer = await kit.signIn('paivi')
    await trainer.goto('/cohorts')
    await trainer.getByRole('button', { name: 'Uusi ryhmä' }).click()
    await trainer.getByRole('textbox', { name: 'Ryhmän nimi' }).fill('Tunnelin ryhmä')
    await trainer.getByRole('button', { name: /Kurssi/ }).click()
    await trainer.getByRole('option', { name: 'Testien malli' }).click()
    await trainer.getByRole('button', { name: 'Tallenna' }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Tunnelin ryhmä' }).waitFor()
    await trainer.getByRole('button', { name: 'Lisää koulutettavia' }).click()
    await tick(trainer.getByRole('checkbox', { name: 'Veera Hakala' }))
    await trainer.getByRole('button', { name: 'Lisää yksi valittu' }).click()
    await trainer.getByRole('link', { name: 'Veera Hakala' }).waitFor()
    await trainer.context().close()
  })

  const phone = await kit.signIn('oppija12', undefined, kit.device('allow'))
  const start = phone.getByRole('button', { name: 'Aloita testi' })
  await kit.step('without a network a quiz is not started, and says so calmly', async () => {
    await phone.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await phone.goto(QUIZ)
    await start.waitFor()
    await phone.context().setOffline(true)
    await start.click()
    await phone.getByText('Aloittamiseen tarvitaan verkko').waitFor()
  })
  await kit.check(phone, 'a quiz that needs a network')

  await kit.step('it does not begin by itself when the network is back', async () => {
    await phone.context().setOffline(false)
    await phone.reload()
    await start.waitFor()
    holds((await quizOnServer(phone)).open === undefined, 'nothing was started')
  })

  await kit.step('begun with a network, it is answered and handed in without', async () => {
    await start.click()
    await phone.getByRole('timer').waitFor()
    await answer(phone, 0)
    await phone.getByText('Luonnos tallennettu').waitFor()
    await phone.context().setOffline(true)
    await answer(phone, 1)
    await answer(phone, 2)
    await phone.getByRole('button', { name: 'Tarkista vastaukset' }).click()
    await phone.getByText('Vastauksesi on tallessa tällä laitteella').waitFor()
    await phone.getByText(/Testin aika päättyy/).waitFor()
  })
  await kit.check(phone, 'answers of a timed quiz that wait')

  await kit.step('meanwhile the time ends, and the service hands in what it has', async () => {
    const computer = await kit.signIn('oppija12')
    // A minute, and the grace for slow networks.
    const until = Date.now() + 150_000
    while ((await quizOnServer(computer)).open !== undefined) {
      holds(Date.now() < until, 'the attempt is still open')
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
    holds((await quizOnServer(computer)).last?.points === 1, 'one answer had arrived')
    await computer.context().close()
  })

  await kit.step('back in the network, the page says what counted and keeps every answer', async () => {
    await phone.context().setOffline(false)
    await phone.getByText('Kaikki vastauksesi eivät ehtineet perille').waitFor()
    await phone.getByRole('heading', { name: 'Sait 1/3 pistettä' }).waitFor()
    await eventually('answers', () => phone.locator('.late-answers dd').allTextContents(), [
      'Tämä on oikein',
      'Tämä on oikein',
      'Tämä on oikein',
    ])
    await phone.getByRole('link', { name: '1 ei mennyt perille – katso' }).waitFor()
  })

  await kit.step('it is so after the page is loaded anew', async () => {
    await phone.reload()
    await phone.getByText('Kaikki vastauksesi eivät ehtineet perille').waitFor()
    await phone.getByRole('heading', { name: 'Sait 1/3 pistettä' }).waitFor()
    await phone.getByRole('link', { name: '1 ei mennyt perille – katso' }).waitFor()
  })
  await kit.check(phone, 'answers that came too late')

  await kit.step('the list says the same, and offers no sending that could not succeed', async () => {
    await phone.getByRole('link', { name: '1 ei mennyt perille – katso' }).click()
    await phone.getByText(/^Yritys päättyi, ennen kuin/).waitFor()
    await eventually('sendings', () => phone.getByRole('button', { name: 'Lähetä uudelleen' }).count(), 0)
    await phone.getByRole('link', { name: 'Avaa osio' }).click()
  })

  await kit.step('they go when the person says so', async () => {
    await phone.locator('main').getByRole('button', { name: 'Poista', exact: true }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Poista', exact: true }).click()
    await phone.getByText('Kaikki vastauksesi eivät ehtineet perille').waitFor({ state: 'detached' })
    await phone.getByText('✓ Tallennettu').waitFor()
  })
}

async function answer(page: Page, question: number): Promise<void> {
  await tick(
    page.locator('fieldset.question-group').nth(question).getByRole('radio', { name: 'Tämä on oikein' }),
  )
}

async function quizOnServer(page: Page) {
  const response = await page.request.get(`/api${QUIZ}`)
  return ((await response.json()) as { quiz: { open?: unknown; last?: { points: number } } }).quiz
}
