import type { Page } from 'playwright-core'
import { Caller } from '../caller'
import { eventually, holds, type Kit, same, textOf, tick, untick } from '../kit'

const RESOURCES = 'Voimavarakysely'
const WORK_ABILITY = 'Työkyky yhdellä luvulla'
const COHORT = '/cohorts/demo-cohort'

/** A learner who answered at the start answers at the end: interrupted on a phone, without a network, refusing, and sharing what came of it. */
export async function measures(kit: Kit): Promise<void> {
  const phone = await kit.signIn('aino', undefined, kit.device('allow'))
  await phone.setViewportSize({ width: 390, height: 800 })
  const own = await Caller.signIn(kit, 'aino')

  await kit.step('what waits is on the page of measures, and no question is in the list', async () => {
    await phone.goto('/measures')
    await phone.getByRole('heading', { name: 'Odottaa sinua' }).waitFor()
    await eventually('waiting', () => phone.getByRole('link', { name: /^Vastaa: / }).count(), 3)
    const list = await own.get<object>('/api/psycap/measures')
    holds(!JSON.stringify(list).includes('?'), 'the list has no question')
  })
  await kit.check(phone, 'measures that wait')

  await kit.step('an answer that is interrupted goes on where it was left', async () => {
    await phone.setViewportSize({ width: 390, height: 800 })
    await phone.getByRole('link', { name: `Vastaa: ${RESOURCES}, Koulutuksen lopussa` }).click()
    for (const number of [1, 2, 3, 4, 5]) await choose(phone, number, '5')
    await phone.getByText('5/12', { exact: true }).waitFor()
    await phone.getByText('Luonnos tallennettu').waitFor()
    await phone.reload()
    await phone.getByText('5/12', { exact: true }).waitFor()
    await eventually('question 6 in sight', () => inSight(phone, 6), true)
  })
  await kit.check(phone, 'a measure')

  await kit.step(
    'the rest is answered, one question refused, one left blank and asked about once',
    async () => {
      for (const number of [6, 7, 8, 9, 10]) await choose(phone, number, '5')
      await phone
        .getByRole('group', { name: /Kysymys 11/ })
        .getByRole('radio', { name: 'En halua vastata' })
        .check()
      await phone.getByRole('button', { name: 'Katso vastaukset' }).click()
      await phone.getByText('Yksi kysymys on tyhjä. Haluatko vielä vastata siihen?').waitFor()
    },
  )
  await kit.check(phone, 'the answers of a measure before they are sent')

  await kit.step('Back from the answers leads to the questions, and nothing is lost', async () => {
    const review = phone.getByRole('heading', { name: 'Vastauksesi', exact: true })
    same(new URL(phone.url()).search, '?view=review', 'nothing but the view in the address')
    await phone.reload()
    await review.waitFor()
    await phone.goBack()
    await phone.getByText('11/12', { exact: true }).waitFor()
    await eventually('question 12 has the focus', () => focusedIn(phone), 'Kysymys 12/12')
    await eventually('question 12 in sight', () => inSight(phone, 12), true)
    await phone.goForward()
    await review.waitFor()
    await eventually('focus', () => focused(phone), 'Vastauksesi')
    await phone.getByRole('button', { name: 'Palaa kysymyksiin' }).click()
    await eventually('question 12 has the focus', () => focusedIn(phone), 'Kysymys 12/12')
    same(new URL(phone.url()).search, '', 'the questions again')
    await choose(phone, 2, '4')
    await phone.getByRole('button', { name: 'Katso vastaukset' }).click()
    await review.waitFor()
    await eventually('focus', () => focused(phone), 'Vastauksesi')
    await phone.getByRole('button', { name: 'Vastaa kysymykseen 12' }).click()
    await eventually('question 12 has the focus', () => focusedIn(phone), 'Kysymys 12/12')
    await choose(phone, 2, '5')
    await phone.getByRole('button', { name: 'Katso vastaukset' }).click()
    await review.waitFor()
  })

  await kit.step('they are sent, and stand beside those of the start with words', async () => {
    await phone.getByRole('button', { name: 'Lähetä vastaukset' }).click()
    await phone.getByText('Kiitos! Vastauksesi ovat tallessa.').waitFor()
    await eventually('address', async () => new URL(phone.url()).search, '')
    await eventually('focus', () => focused(phone), RESOURCES)
    await phone.goBack()
    await phone.getByRole('heading', { name: 'Omat tuloksesi' }).waitFor()
    const card = phone.getByRole('article', { name: RESOURCES })
    await eventually(
      'hope',
      () => textOf(card.getByRole('listitem').filter({ hasText: 'Toiveikkuus' })),
      (text) => /\d(,\d)? → 5/.test(text),
    )
    await card.getByText(/^Muutoksesta ei voi vielä sanoa mitään varmaa/).waitFor()
    await card.getByText('Ei validoitu').waitFor()
  })

  await kit.step('not answering takes one tap, and so does taking that back', async () => {
    await phone.getByRole('button', { name: /^En vastaa tähän: (?!Työkyky)/ }).click()
    await phone.getByText('Et vastaa tähän', { exact: true }).waitFor()
    await phone.getByRole('button', { name: /^Kumoa: / }).click()
    await phone.getByText('Et vastaa tähän', { exact: true }).waitFor({ state: 'detached' })
    await eventually('waiting', () => phone.getByRole('link', { name: /^Vastaa: / }).count(), 2)
  })

  await kit.step('without a network answers wait in the browser and go by themselves', async () => {
    await phone.getByRole('link', { name: new RegExp(`^Vastaa: ${WORK_ABILITY}`) }).click()
    await phone.getByRole('radio', { name: '8', exact: true }).waitFor()
    // Without a network a part of the program that was not needed before comes out of what is kept.
    await phone.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await phone.context().setOffline(true)
    await phone.getByRole('radio', { name: '8', exact: true }).check()
    await phone.getByRole('button', { name: 'Lähetä vastaus' }).click()
    await phone.getByText('Vastauksesi ovat tallessa tällä laitteella').waitFor()
    await phone.context().setOffline(false)
    await eventually('answered', async () => (await answered(own)).includes('tyokyky'), true)
  })

  await kit.step(
    'results are shared with the trainers, who see nothing else; their look is seen',
    async () => {
      await phone.goto('/measures')
      const card = phone.getByRole('article', { name: RESOURCES })
      await card.getByText('Omat vastauksesi').click()
      await tick(card.getByRole('checkbox', { name: /Näytä nämä tulokset/ }))
      await eventually('shared', async () => (await shared(own)).join(), 'voimavarat')
      const trainer = await kit.signIn('paivi')
      const person = (await own.get<{ id: string }>('/api/me')).id
      await trainer.goto(`${COHORT}/learners/${person}`)
      await trainer.getByRole('link', { name: 'Jaetut tulokset' }).click()
      await trainer.getByRole('article', { name: RESOURCES }).waitFor()
      holds((await trainer.getByRole('article').count()) === 1, 'what is not shared is not shown')
      await kit.check(trainer, 'shared results')
      await phone.reload()
      await card.getByText('Omat vastauksesi').click()
      await card.getByText(/^Päivi/).waitFor()
      await untick(card.getByRole('checkbox', { name: /Näytä nämä tulokset/ }))
      await eventually('shared', async () => (await shared(own)).join(), '')
      await trainer.reload()
      await trainer.getByText('Mitään ei ole jaettu').waitFor()
    },
  )
  await kit.check(phone, 'own results')

  await kit.step('answers are taken back for good', async () => {
    const card = phone.getByRole('article', { name: WORK_ABILITY })
    await card.getByText('Omat vastauksesi').click()
    await card.getByRole('button', { name: 'Poista vastaukseni: Koulutuksen lopussa' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Poista vastaukseni' }).click()
    await eventually('answered', async () => (await answered(own)).includes('tyokyky'), false)
    // The page behind the question takes no key until it is gone.
    await phone.getByRole('dialog').waitFor({ state: 'detached' })
  })

  await kit.step('who does not want to be asked is asked nothing, until they want to', async () => {
    await tick(phone.getByRole('checkbox', { name: /En halua vastata kyselyihin/ }))
    await phone.getByText('Et saa kyselyitä', { exact: true }).waitFor()
    await eventually('waiting', () => phone.getByRole('link', { name: /^Vastaa: / }).count(), 0)
    await untick(phone.getByRole('checkbox', { name: /En halua vastata kyselyihin/ }))
    await eventually('waiting', () => phone.getByRole('link', { name: /^Vastaa: / }).count(), 2)
  })
}

async function choose(page: Page, number: number, value: string): Promise<void> {
  const question = page.getByRole('group', { name: new RegExp(`Kysymys ${number}/`) })
  await question.getByRole('radio', { name: new RegExp(`^${value}\\b`) }).check()
}

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '')
}

/** The number of the question that has the focus. */
async function focusedIn(page: Page): Promise<string> {
  return page.evaluate(
    () => document.activeElement?.closest('fieldset')?.querySelector('.item-number')?.textContent ?? '',
  )
}

async function inSight(page: Page, number: number): Promise<boolean> {
  return page.getByRole('group', { name: new RegExp(`Kysymys ${number}/`) }).evaluate((group) => {
    const { top, bottom } = group.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })
}

type Results = { results: { instrument: string; shared: boolean; points: { point: string }[] }[] }

async function shared(own: Caller): Promise<string[]> {
  const { results } = await own.get<Results>('/api/psycap/results')
  return results.filter((one) => one.shared).map((one) => one.instrument)
}

async function answered(own: Caller): Promise<string[]> {
  const { results } = await own.get<Results>('/api/psycap/results')
  return results.filter((one) => one.points.some(({ point }) => point === 'end')).map((one) => one.instrument)
}
