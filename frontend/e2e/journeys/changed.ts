import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { Caller } from '../caller'
import { eventually, holds, type Kit } from '../kit'

const COURSE = 'muuttuva'
const ACTIVITIES = `/courses/${COURSE}/activities`
const GONE = 'Tämä osio ei ole enää kurssilla'
const BEGUN = 'Soitan ensin asiakkaalle ja'

type Course = { done: number; total: number; percent: number }

/** A course is published again while it is read: without three of its activities, and with another text in one that was finished. */
export async function changed(kit: Kit): Promise<void> {
  const trainer = await Caller.signIn(kit, 'paivi')
  const learner = await Caller.signIn(kit, 'oppija12')
  await kit.step('two learners of a course of the operator’s own', async () => {
    const { cohorts } = await trainer.get<{ cohorts: { unit: string }[] }>('/api/cohorts')
    const { id } = await trainer.post<{ id: string }>('/api/cohorts', {
      course: COURSE,
      name: 'Muuttuva ryhmä',
      unit: cohorts[0]?.unit,
      starts: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    })
    const other = await Caller.signIn(kit, 'oppija10')
    const people = await Promise.all([learner, other].map((one) => one.get<{ id: string }>('/api/me')))
    await trainer.post(`/api/cohorts/${id}/learners`, { people: people.map((person) => person.id) })
  })

  const lesson = await kit.signIn('oppija12')
  const task = await lesson.context().newPage()
  const quiz = await lesson.context().newPage()
  await kit.step('one finishes two lessons, and has a lesson, a task and a test open', async () => {
    for (const activity of ['muuttuva-luettu', 'muuttuva-jaava'])
      await learner.post(`/api/courses/${COURSE}/activities/${activity}/done`)
    await lesson.goto(`${ACTIVITIES}/muuttuva-poistuva`)
    await lesson.getByRole('button', { name: 'Merkitse luetuksi ja jatka' }).waitFor()
    await task.goto(`${ACTIVITIES}/muuttuva-tehtava`)
    await task.getByRole('textbox', { name: 'Vastauksesi' }).fill(BEGUN)
    await task.getByText('Luonnos tallennettu').waitFor()
    await quiz.goto(`${ACTIVITIES}/muuttuva-testi`)
    await quiz.getByText('Kurssi voi muuttua.').waitFor()
  })
  const before = await learner.get<Course>(`/api/courses/${COURSE}`)
  holds(before.done === 2 && before.total === 5, `${before.done} of ${before.total} are done`)

  await kit.step('the course is published again', async () => {
    const module = join(kit.server.courses, COURSE, 'm01')
    for (const file of ['02-leaving', '03-leaving-task', '04-leaving-quiz'])
      rmSync(join(module, `${file}.fi.md`))
    const file = join(module, '01-read.fi.md')
    const text = readFileSync(file, 'utf8').replace('kolme viikkoa', 'neljä viikkoa')
    writeFileSync(file, `${text}\nMuista merkitä päivä.\n`)
    await kit.server.restart()
  })

  await kit.step('who reads a lesson that is gone is led to the one that follows', async () => {
    await lesson.getByRole('button', { name: 'Merkitse luetuksi ja jatka' }).click()
    await lesson.getByText(GONE).waitFor()
    await onwards(lesson)
  })
  await kit.step('who types into a task that is gone is told, keeps the text, and goes on', async () => {
    const answer = task.getByRole('textbox', { name: 'Vastauksesi' })
    await answer.fill(`${BEGUN} kysyn luvan.`)
    await task.getByText(GONE).waitFor()
    await eventually('the text', () => answer.inputValue(), `${BEGUN} kysyn luvan.`)
    await eventually('buttons', () => task.getByRole('button', { name: 'Palauta tehtävä' }).count(), 0)
  })
  await kit.check(task, 'task taken out while it is written')
  await kit.step(
    'the text can be read at the old address, and on another device what had arrived of it',
    async () => {
      await onwards(task)
      await task.goto(`${ACTIVITIES}/muuttuva-tehtava`)
      await task.getByText(GONE).waitFor()
      await task.getByText(`${BEGUN} kysyn luvan.`).waitFor()
      const elsewhere = await kit.signIn('oppija12')
      await elsewhere.goto(`${ACTIVITIES}/muuttuva-tehtava`)
      await elsewhere.getByText(BEGUN, { exact: true }).waitFor()
    },
  )
  await kit.check(task, 'text of a task that was taken out')
  await kit.step('it stays until its writer removes it from the device', async () => {
    await task.getByRole('button', { name: 'Poista teksti tältä laitteelta' }).click()
    await task.getByText(`${BEGUN} kysyn luvan.`).waitFor({ state: 'detached' })
  })
  await kit.step('who answers a test that is gone is told, and goes on', async () => {
    // In one go: an answer is saved a second after it is given, and what is told of that leaves nothing to press.
    await quiz.getByRole('radio', { name: 'Pitää paikkansa', exact: true }).evaluate(async (radio) => {
      const choice = radio as HTMLInputElement
      choice.click()
      await new Promise((shown) => requestAnimationFrame(shown))
      choice.form?.requestSubmit()
    })
    await quiz.getByText(GONE).waitFor()
    await onwards(quiz)
  })

  const page = lesson
  await kit.step('what was finished stays so, and the course is all done', async () => {
    const { done, total, percent } = await learner.get<Course>(`/api/courses/${COURSE}`)
    holds(done === 2 && total === 2 && percent === 100, `${done} of ${total}, ${percent} %`)
    await page.goto(`/courses/${COURSE}`)
    await page.getByText('2/2 osiota tehty').waitFor()
    const line = page.getByRole('link', { name: /Luettu oppitunti.*Muuttunut: lue muutos/ })
    if (!(await line.isVisible())) await page.locator('details.module summary').first().click()
    await line.click()
  })
  await kit.step('only the change is shown above it, and one tap says that it was read', async () => {
    await page.getByRole('heading', { name: 'Tämä on muuttunut sen jälkeen, kun teit sen' }).waitFor()
    const blocks = page.locator('.change-blocks')
    await blocks.getByText('neljä').waitFor()
    await blocks.getByText('Muista merkitä päivä.').waitFor()
    await page.getByText('✓ Tehty').waitFor()
  })
  await kit.check(page, 'second version of a finished lesson')
  await kit.step('after that nothing is left to read', async () => {
    await page.getByRole('button', { name: 'Luin muutoksen' }).click()
    await page.getByRole('button', { name: 'Luin muutoksen' }).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByText('neljä viikkoa').waitFor()
    await eventually('changes', () => page.locator('.change').count(), 0)
    await page.goto(`/courses/${COURSE}`)
    await page.getByText('2/2 osiota tehty').waitFor()
    await eventually('lines with a change', () => page.locator('.activity-changed').count(), 0)
  })
  await kit.step('who had not read it sees the new text alone', async () => {
    const fresh = await kit.signIn('oppija10')
    await fresh.goto(`${ACTIVITIES}/muuttuva-luettu`)
    await fresh.getByText('neljä viikkoa').waitFor()
    await eventually('changes', () => fresh.locator('.change').count(), 0)
  })
}

async function onwards(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Jatka seuraavaan osioon' }).click()
  await page.getByRole('heading', { level: 1, name: 'Jäävä oppitunti' }).waitFor()
  await page.getByText(GONE).waitFor({ state: 'detached' })
}
