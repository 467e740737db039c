import type { Page } from 'playwright-core'
import { Caller } from '../caller'
import { eventually, holds, type Kit } from '../kit'

const COURSE = 'tyokykykoordinaattori'
const TASK = `/courses/${COURSE}/activities/m2-sheet`
const DEVELOPMENT = `/courses/${COURSE}/activities/m10-development`
const FIRST = 'Raijalla on kaksi etuutta. Kela päättää niistä. En tarkistanut lähteitä.'
const SECOND = 'Raijalla on kaksi etuutta. Kela päättää niistä. Tarkistin lähteet tänään.'
const LEARNER = 'Noora Salonen' // oppija6

type Course = { done: number; completion: { approved: boolean } }

/** A task goes to a trainer and back, is handed in again and approved; a development task goes step by step to a second person. */
export async function feedback(kit: Kit): Promise<void> {
  const page = await kit.signIn('oppija6')
  const done = async () => ((await (await page.request.get(`/api/courses/${COURSE}`)).json()) as Course).done
  const before = await done()

  await kit.step('a task is handed in', async () => {
    await page.goto(TASK)
    await handIn(page, FIRST)
    holds((await done()) === before, 'a task that has to be approved is not done yet')
  })

  const trainer = await kit.signIn('paivi')
  await kit.step('a trainer opens it from the queue', async () => {
    await trainer.goto('/feedback-queue')
    await open(trainer, 'Etuuskortti keksitystä tapauksesta')
    await trainer.getByText('En tarkistanut lähteitä.').first().waitFor()
    // The form is there for whom the text is reserved.
    await trainer.getByRole('heading', { name: 'Anna palaute' }).waitFor()
  })
  const other = await kit.signIn('leena')
  await kit.step('another trainer sees who has it, and cannot mark it', async () => {
    await other.goto('/feedback-queue')
    await queued(other, 'Etuuskortti keksitystä tapauksesta')
      .getByText('Päivi Nieminen antaa palautetta')
      .waitFor()
    await open(other, 'Etuuskortti keksitystä tapauksesta')
    await other.getByText(/^Päivi Nieminen antaa tästä palautetta\. Varaus on voimassa/).waitFor()
    await eventually('forms', () => other.getByRole('heading', { name: 'Anna palaute' }).count(), 0)
  })
  await kit.check(other, 'marking that somebody else has')

  await kit.step('comments in the text, a rubric, and back to the learner', async () => {
    await trainer.getByRole('button', { name: 'Lisää kommentti' }).click()
    await trainer.getByLabel('Kohta tekstissä').selectOption({ label: 'En tarkistanut lähteitä.' })
    await trainer.getByRole('textbox', { name: 'Kommenttisi' }).fill('Tarkista ne ja merkitse päivä.')
    await trainer.getByRole('button', { name: 'Lisää', exact: true }).click()
    await trainer.locator('mark', { hasText: 'En tarkistanut lähteitä.' }).waitFor()
    await rubric(trainer, 1)
    await trainer.getByRole('textbox', { name: 'Palaute kokonaisuudesta' }).fill('Hyvä alku.')
    await trainer.getByText('Palauta täydennettäväksi').click()
  })
  await kit.check(trainer, 'marking')
  await kit.step('the feedback is given', async () => {
    await trainer.getByRole('button', { name: 'Anna palaute', exact: true }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Palautejono' }).waitFor()
  })

  await kit.step('the learner reads it, and hands in again', async () => {
    await page.goto(TASK)
    await page.getByText('Tarkista ne ja merkitse päivä.').first().waitFor()
    await page.getByText('Hyvä alku.').first().waitFor()
  })
  await kit.check(page, 'received feedback')
  await kit.step('what is handed in again waits in the queue', async () => {
    await page.getByRole('button', { name: 'Täydennä vastausta' }).click()
    await handIn(page, SECOND)
    await trainer.goto('/feedback-queue')
    await open(trainer, 'Etuuskortti keksitystä tapauksesta')
    await trainer.getByText('Tarkistin lähteet tänään.').first().waitFor()
    await rubric(trainer, 2)
    await trainer.getByText('Hyväksy', { exact: true }).click()
    await trainer.getByRole('button', { name: 'Anna palaute', exact: true }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Palautejono' }).waitFor()
  })
  await kit.step('approved, it counts', async () => {
    await eventually('what is done', done, before + 1)
    await page.goto(TASK)
    await page.getByText('✓ Tehty').waitFor()
    await page.getByText('Hyväksytty').first().waitFor()
  })

  await development(kit, page, trainer, other)
}

async function development(kit: Kit, page: Page, trainer: Page, other: Page): Promise<void> {
  const first = await Caller.signIn(kit, 'paivi')
  await kit.step('a development task is handed in step by step, each approved before the next', async () => {
    for (const [n, text] of [
      'Suunnitelma on valmis.',
      'Kokeilimme kuusi viikkoa.',
      'Luku nousi.',
    ].entries()) {
      await page.goto(DEVELOPMENT)
      const box = page.getByRole('textbox', { name: 'Vastauksesi' })
      await box.fill(text)
      await eventually('steps that can be written', () => box.count(), 1)
      await page.getByRole('button', { name: 'Palauta vaihe' }).click()
      await page.getByText('Odottaa palautetta', { exact: true }).waitFor()
      if (n === 0) await kit.check(page, 'development task, a step that waits')
      await approveStep(first)
    }
    await page.goto(DEVELOPMENT)
    await page.getByText('Kaikki vaiheet on hyväksytty. Kouluttaja katsoo vielä kokonaisuuden.').waitFor()
  })
  await kit.step('a trainer approves the whole', async () => {
    await trainer.goto('/feedback-queue')
    await open(trainer, 'Kehittämistehtävä omassa organisaatiossa')
    await trainer.getByRole('heading', { name: 'Hyväksy kehittämistehtävä' }).waitFor()
    await rubric(trainer, 2)
    await trainer.getByText('Hyväksy', { exact: true }).click()
  })
  await kit.check(trainer, 'development task, first approval')
  let submission = ''
  await kit.step(
    'it does not stand in the queue of the first any more, and a second approval by them is refused',
    async () => {
      submission = new URL(trainer.url()).pathname.split('/').at(-1) ?? ''
      await trainer.getByRole('button', { name: 'Anna palaute', exact: true }).click()
      await trainer.getByRole('heading', { level: 1, name: 'Palautejono' }).waitFor()
      await eventually('entries', () => queued(trainer, 'Kehittämistehtävä omassa').count(), 0)
      const refused = await trainer.request.post(`/api/submissions/${submission}/approval`, {
        data: { stage: 'second', words: 'Minä uudelleen.', rubric: [], second: '' },
        headers: { 'Luotsi-Request': '1' },
      })
      const { code } = (await refused.json()) as { code: string }
      holds(refused.status() === 409 && code === 'same_person', `${refused.status()} ${code}`)
      await trainer.goto(`/feedback-queue/${submission}`)
      await trainer.getByText('Toisen hyväksyjän on oltava eri ihminen kuin ensimmäinen.').waitFor()
    },
  )
  await kit.check(trainer, 'second approval by the first person')
  await kit.step('a second person approves it, and it counts', async () => {
    await other.goto('/feedback-queue')
    await open(other, 'Kehittämistehtävä omassa organisaatiossa')
    await other.getByText('Päivi Nieminen hyväksyi tehtävän ensin. Sinä olet toinen hyväksyjä.').waitFor()
    await other.getByText('Hyväksy', { exact: true }).click()
    await other.getByRole('button', { name: 'Anna palaute', exact: true }).click()
    await other.getByRole('heading', { level: 1, name: 'Palautejono' }).waitFor()
    const { completion } = (await (await page.request.get(`/api/courses/${COURSE}`)).json()) as Course
    holds(completion.approved, 'the development task is approved')
    await page.goto(DEVELOPMENT)
    await page.getByText(/^Kehittämistehtäväsi on hyväksytty/).waitFor()
  })
  await kit.check(page, 'development task, approved')
}

async function handIn(page: Page, text: string): Promise<void> {
  const answer = page.getByRole('textbox', { name: 'Vastauksesi' })
  await answer.fill(text)
  await page.getByRole('button', { name: 'Palauta tehtävä' }).click()
  // What was handed in before stands above the form too.
  await answer.waitFor({ state: 'detached' })
  await page
    .getByText(/^Palautettu \d/)
    .first()
    .waitFor()
}

function queued(page: Page, title: string) {
  return page.locator('.queue-entry').filter({ hasText: LEARNER }).filter({ hasText: title })
}

async function open(page: Page, title: string): Promise<void> {
  await queued(page, title).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

/** Gives each criterion the level with so many points. */
async function rubric(page: Page, points: number): Promise<void> {
  const levels = page.locator('.mark-form').getByText(new RegExp(`\\(${points}\\)$`))
  await levels.first().waitFor()
  for (const level of await levels.all()) await level.click()
}

async function approveStep(trainer: Caller): Promise<void> {
  type Entry = { submission: string; name: string; what: string }
  const { entries } = await trainer.get<{ entries: Entry[] }>('/api/feedback-queue')
  const entry = entries.find(({ name, what }) => name === LEARNER && what === 'step')
  if (!entry) throw new Error('no step waits')
  await trainer.put(`/api/submissions/${entry.submission}/reservation`, { takeOver: false })
  await trainer.post(`/api/submissions/${entry.submission}/feedback`, {
    verdict: 'approved',
    words: 'Selkeä.',
    comments: [],
    rubric: [],
    older: false,
  })
}
