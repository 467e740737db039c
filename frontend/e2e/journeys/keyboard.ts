import type { Locator } from 'playwright-core'
import { Caller } from '../caller'
import { Keyboard } from '../keyboard'
import { eventually, finnishDay, type Kit, same } from '../kit'

const COURSE = 'tyokykykoordinaattori'
const MODULE = 'm1'
const LEARNER = 'Veera Hakala'

type Course = { modules: { id: string; percent: number; activities: Activity[] }[] }
type Activity = { id: string; kind: string; title: string; optional: boolean; done: boolean }
type Option = { id: string; text: string }
type Question = { id: string; type: string; text: string; lefts: Option[]; options: Option[] }
type Marked = {
  question: string
  right: string[]
  rightText?: string
  options: { id: string; correct: boolean }[]
}
type Attempt = { questions: Question[]; answers: Marked[] }
type Quiz = { count: number; bank: number; questions: Question[]; open?: { attempt: string } }
type Marking = { verdicts: string[]; rubric: { id: string; levels: { id: string }[] }[] }
/** What is right, by the text of a question: texts of options, of pairs by their left side, of items in order, or what to write. */
type Answers = Map<string, string[]>

/** Without a mouse: from the sign-in through one whole module, then every type of question and a link elsewhere. */
export async function keyboard(kit: Kit): Promise<void> {
  const hands = await Keyboard.of(await kit.device())
  const { page } = hands
  await kit.step('the sign-in: past the menu, through all of it, and in', async () => {
    await page.goto('/sign-in')
    const email = page.getByRole('textbox', { name: 'Sähköpostiosoite' })
    await email.waitFor()
    await hands.skip()
    await hands.through()
    await hands.write(email, 'oppija12@demo.luotsi.example')
    await hands.write(page.getByRole('textbox', { name: 'Salasana' }), kit.server.password)
    await page.keyboard.press('Enter')
    await hands.arrives('Oma kurssi')
  })
  const trainer = await Caller.signIn(kit, 'paivi')
  await oneModule(kit, hands, trainer)
  await everyQuestion(kit, hands, trainer)
}

async function oneModule(kit: Kit, hands: Keyboard, trainer: Caller): Promise<void> {
  const { page } = hands
  const read = async () => {
    const answer = await page.request.get(`/api/courses/${COURSE}`)
    const module = ((await answer.json()) as Course).modules.find(({ id }) => id === MODULE)
    if (!module) throw new Error('the course has no such module')
    return module
  }
  const { activities } = await read()
  const answers = await kit.step('somebody else learns what is right in the test', () => study(kit, MODULE))

  await kit.step('the start page leads into the course and to the first lesson', async () => {
    await hands.through()
    await hands.press(page.getByRole('link', { name: 'Katso koko kurssin sisältö' }))
    await hands.arrives('Työkykykoordinaattori')
    await hands.through()
    await hands.press(page.getByRole('link', { name: /^(Aloita|Jatka)$/ }))
    await hands.arrives(activities[0]?.title ?? '')
  })

  const known = new Set<string>()
  for (const [n, activity] of activities.entries()) {
    await kit.step(`${activity.kind}: ${activity.title}`, async () => {
      await hands.arrives(activity.title)
      // One page of each kind is gone through from end to end, the others only as far as their reader needs to.
      if (!known.has(activity.kind)) await hands.through()
      known.add(activity.kind)
      await doneBy(hands, activity, answers)
      if (activity.kind === 'contact') await markPresent(trainer, activity)
    })
    if (activity.kind === 'work' || activity.kind === 'contact' || activity.kind === 'reflection')
      await kit.check(page, `keyboard, ${activity.kind}`)
    const next = activities[n + 1]
    await kit.step(`and on from “${activity.title}”`, () => onwards(hands, next))
  }

  await kit.step('the module is finished', async () => {
    await approveAll(trainer, MODULE)
    await hands.press(page.getByRole('link', { name: 'Kurssin sivulle' }))
    await hands.arrives('Työkykykoordinaattori')
    await eventually(
      'what is not done',
      async () => (await read()).activities.filter((one) => !one.done).map((one) => one.title),
      [],
    )
    same((await read()).percent, 100, 'percent')
    await page.reload()
    const card = page.locator('details.module').first()
    await card.locator('.module-number-done').waitFor()
    await hands.press(card.locator('summary'))
    await eventually('lines that are done', () => card.locator('.activity-done').count(), activities.length)
  })
  await kit.check(page, 'keyboard, course with a finished module')
}

/** Does what an activity asks for. */
async function doneBy(hands: Keyboard, { id, kind }: Activity, answers: Answers): Promise<void> {
  const { page } = hands
  switch (kind) {
    case 'video':
      return page.getByRole('button', { name: 'Merkitse tehdyksi ja jatka' }).waitFor()
    case 'quiz':
      return answerQuiz(hands, COURSE, id, answers)
    case 'task':
      await hands.write(
        page.getByRole('textbox', { name: 'Vastauksesi' }),
        'Voimavarat ensin, sitten yksi askel ja päivä.',
      )
      await hands.press(page.getByRole('button', { name: 'Palauta tehtävä' }))
      return page
        .getByText(/^Palautettu /)
        .first()
        .waitFor()
    case 'work':
      await hands.write(page.getByRole('textbox', { name: 'Mitä kokeilet?' }), 'Käytän taloa karttana.')
      await hands.write(page.getByRole('textbox', { name: /^Kenen kanssa/ }), 'Työparin kanssa')
      await hands.write(page.getByRole('textbox', { name: 'Mihin mennessä?' }), finnishDay(14))
      await hands.press(page.getByRole('button', { name: 'Tallenna suunnitelma' }))
      await page.getByRole('heading', { name: 'Kerro, miten kävi' }).waitFor()
      await hands.choose(page.getByRole('radio', { name: 'Se toimi osittain' }))
      await hands.write(page.getByRole('textbox', { name: 'Mitä tapahtui?' }), 'Kaksi kerrosta riitti.')
      await hands.press(page.getByRole('button', { name: 'Tallenna', exact: true }))
      return page.getByText('Kaksi kerrosta riitti.').first().waitFor()
    case 'reflection':
      await hands.write(page.getByRole('textbox', { name: 'Pohdintasi' }), 'Odotan hiljaisuudessa.')
      await hands.choose(page.getByRole('radio', { name: 'Kouluttaja näkee, että se on tehty' }))
      await hands.press(page.getByRole('button', { name: 'Tallenna pohdinta' }))
      return page.getByText('Odotan hiljaisuudessa.').first().waitFor()
    case 'link':
      await hands.to(page.getByRole('link', { name: /^Avaa palvelu/ }))
      await hands.write(page.getByRole('textbox', { name: 'Päivä, jona teit tämän' }), finnishDay(0))
      await hands.press(page.getByRole('button', { name: 'Merkitse tehdyksi' }))
      return page.getByText(/^Teit tämän /).waitFor()
  }
}

/** Goes on: by the button that an activity ends with, else by the link to the one that follows. */
async function onwards(hands: Keyboard, next: Activity | undefined): Promise<void> {
  const { page } = hands
  const button = page.getByRole('button', {
    name: /^(Merkitse (luetuksi|tehdyksi) ja jatka|Jatka seuraavaan)$/,
  })
  if (await button.isVisible()) await hands.press(button)
  else
    await hands.press(
      page.getByRole('navigation', { name: 'Edellinen ja seuraava osio' }).getByRole('link').last(),
    )
  if (next) await hands.arrives(next.title)
}

/** Answers the questions of a quiz by what is known to be right; what is not known is answered all the same. */
async function answerQuiz(hands: Keyboard, course: string, id: string, answers: Answers): Promise<void> {
  const { page } = hands
  const start = page.getByRole('button', { name: 'Aloita testi' })
  const send = page.getByRole('button', { name: 'Tarkista vastaukset' })
  await start.or(send).first().waitFor()
  if (await start.isVisible()) await hands.press(start)
  await send.waitFor()
  const { quiz } = (await (await page.request.get(`/api/courses/${course}/activities/${id}`)).json()) as {
    quiz: Quiz
  }
  for (const [n, question] of quiz.questions.entries()) {
    const group = page.locator('fieldset.question-group').nth(n)
    await answerOne(hands, group, question, answers.get(question.text) ?? [])
  }
  await hands.press(send)
  await page.locator('#result').waitFor()
  await eventually('what has the focus', () => page.evaluate(() => document.activeElement?.id), 'result')
}

async function answerOne(
  hands: Keyboard,
  group: Locator,
  question: Question,
  right: string[],
): Promise<void> {
  switch (question.type) {
    case 'multiple':
      for (const text of right)
        await hands.press(group.getByRole('checkbox', { name: text, exact: true }), 'Space')
      return
    case 'matching':
      for (const [n, text] of right.entries()) await hands.select(group.getByRole('combobox').nth(n), text)
      return
    case 'ordering':
      return putInOrder(hands, group, right)
    case 'numeric':
    case 'text':
    case 'open':
      return hands.write(group.getByRole('textbox'), right[0] ?? 'Kysyn ensin asiakkaalta.')
    default:
      return hands.choose(group.getByRole('radio', { name: right[0] ?? '', exact: true }))
  }
}

/** The button that was pressed goes with its item, so that one key moves an item all the way. */
async function putInOrder(hands: Keyboard, group: Locator, wanted: string[]): Promise<void> {
  const items = () => group.locator('.ordering-text').allTextContents()
  for (const [place, item] of wanted.entries()) {
    for (let at = (await items()).indexOf(item); at > place; at--) {
      await hands.press(group.getByRole('button', { name: `Siirrä ylemmäs: ${item}`, exact: true }))
      await eventually('the place', async () => (await items()).indexOf(item), at - 1)
    }
  }
}

/** Takes the test of a module as another learner until every question of its bank was reviewed. */
async function study(kit: Kit, module: string): Promise<Answers> {
  const other = await Caller.signIn(kit, 'oppija9')
  const course = await other.get<Course>(`/api/courses/${COURSE}`)
  const test = course.modules.find(({ id }) => id === module)?.activities.find(({ kind }) => kind === 'quiz')
  const answers: Answers = new Map()
  if (!test) return answers
  const path = `/api/courses/${COURSE}/activities/${test.id}`
  for (let attempts = 0; attempts < 30; attempts++) {
    await other.post(`${path}/start`)
    const { quiz } = await other.get<{ quiz: Quiz }>(path)
    const { attempt } = await other.post<{ attempt: Attempt }>(`${path}/attempts`, {
      attempt: quiz.open?.attempt,
      answers: quiz.questions.map((question) => ({ question: question.id, ...guess(question) })),
    })
    for (const question of attempt.questions) {
      const marked = attempt.answers.find((one) => one.question === question.id)
      if (marked) answers.set(question.text, rightOf(question, marked))
    }
    if (answers.size >= quiz.bank) break
  }
  return answers
}

/** Any whole answer. */
function guess({ type, options, lefts }: Question): { options: string[]; text: string } {
  const ids = options.map(({ id }) => id)
  switch (type) {
    case 'matching':
      return { options: lefts.map((_, n) => ids[n % ids.length] ?? ''), text: '' }
    case 'ordering':
      return { options: ids, text: '' }
    case 'numeric':
      return { options: [], text: '1' }
    case 'text':
    case 'open':
      return { options: [], text: 'en tiedä' }
    default:
      return { options: ids.slice(0, 1), text: '' }
  }
}

const TRUTH: Record<string, string> = { true: 'Pitää paikkansa', false: 'Ei pidä paikkaansa' }

function rightOf(question: Question, marked: Marked): string[] {
  const text = (id: string) => question.options.find((option) => option.id === id)?.text ?? ''
  switch (question.type) {
    case 'true_false':
      return marked.right.map((id) => TRUTH[id] ?? id)
    case 'numeric':
    case 'text':
      return [(marked.rightText ?? '').replace('.', ',')]
    case 'open':
      return []
    default:
      return marked.right.map(text)
  }
}

async function everyQuestion(kit: Kit, hands: Keyboard, trainer: Caller): Promise<void> {
  const { page } = hands
  await kit.step('a course with every type of question is opened for the same learner', async () => {
    const me = (await (await page.request.get('/api/me')).json()) as { id: string }
    const [group] = await cohorts(trainer)
    const { id } = await trainer.post<{ id: string }>('/api/cohorts', {
      course: 'testit',
      name: 'Näppäimin',
      unit: group?.unit,
      starts: yesterday(),
    })
    await trainer.post(`/api/cohorts/${id}/learners`, { people: [me.id] })
    await page.goto('/learning')
    await hands.press(page.getByRole('link', { name: 'Testien malli' }))
    await hands.arrives('Testien malli')
    await hands.press(page.getByRole('link', { name: /^Kaikki kysymyslajit/ }))
    await hands.arrives('Kaikki kysymyslajit')
  })
  await kit.step(
    'every type is answered: a statement, pairs, an order, a number, a word and a text',
    async () => {
      const answers: Answers = new Map([
        ['Asiakkaan asia voidaan ottaa yhteiskäsittelyyn ilman suostumusta.', ['Ei pidä paikkaansa']],
        ['Kuka päättää?', ['Työllisyysalue', 'Kela', 'Työeläkelaitos']],
        ['Aseta vaiheet järjestykseen.', ['Ensitapaaminen', 'Suunnitelma', 'Seuranta']],
        ['Kuinka suuri osuus oli osatyökykyisiä?', ['6,8']],
        ['Millä sanalla kuvataan ihmisen voimavarojen ja työn tasapainoa?', ['työkyky']],
      ])
      await answerQuiz(hands, 'testit', 'testit-kaikki', answers)
      await page.getByText('Muista kysymyksistä sait 9 p.', { exact: false }).waitFor()
      await hands.through()
    },
  )
  await kit.step('something is done elsewhere, and its day is told', async () => {
    await page.goto('/courses/testit/activities/testit-muualla')
    await page.getByRole('heading', { level: 1, name: 'Kysely muualla' }).waitFor()
    await hands.skip()
    await hands.through()
    await doneBy(
      hands,
      { id: 'testit-muualla', kind: 'link', title: '', optional: false, done: false },
      new Map(),
    )
  })
  await kit.check(page, 'keyboard, link')
}

async function cohorts(trainer: Caller): Promise<{ id: string; unit: string }[]> {
  return (await trainer.get<{ cohorts: { id: string; unit: string }[] }>('/api/cohorts')).cohorts
}

function yesterday(): string {
  return new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
}

async function markPresent(trainer: Caller, activity: Activity): Promise<void> {
  const [cohort] = await cohorts(trainer)
  const path = `/api/cohorts/${cohort?.id}/attendance/${activity.id}`
  const { learners } = await trainer.get<{ learners: { person: string; name: string; word: string }[] }>(path)
  const there = learners.filter(({ name, word }) => name === LEARNER || word === 'present')
  await trainer.put(path, {
    day: yesterday(),
    present: there.map(({ person }) => person),
    absent: learners
      .filter((one) => one.word === 'absent' && !there.includes(one))
      .map(({ person }) => person),
  })
}

/** A trainer approves what waits for it in the module. */
async function approveAll(trainer: Caller, module: string): Promise<void> {
  const queue = await trainer.get<{ entries: { submission: string; name: string }[] }>(
    `/api/feedback-queue?module=${module}`,
  )
  for (const { submission, name } of queue.entries) {
    if (name !== LEARNER) continue
    const path = `/api/submissions/${submission}`
    await trainer.put(`${path}/reservation`, { takeOver: false })
    const { rubric, verdicts } = await trainer.get<Marking>(path)
    await trainer.post(`${path}/feedback`, {
      verdict: verdicts[0],
      words: 'Hyvä.',
      comments: [],
      rubric: rubric.map(({ id, levels }) => ({ criterion: id, level: levels.at(-1)?.id })),
      older: false,
    })
  }
}
