import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, settled, textOf } from '../kit'

const COURSE = 'tyokykykoordinaattori'
const TASK = 'm10-development'

/** From what is missing to a certificate: credits, a contact day made good, the register, taking back and issuing anew. */
export async function certificates(kit: Kit): Promise<void> {
  const learner = await kit.signIn('aino')
  const trainer = await kit.signIn('paivi')

  await kit.step('the development task is handed in and approved by two people', async () => {
    await approveTask(kit, learner, trainer)
  })

  await kit.step('the page of a learner says what is missing', async () => {
    await trainer.goto('/cohorts')
    await trainer.getByRole('link', { name: 'Syksyn ryhmä' }).click()
    await trainer.getByRole('link', { name: 'Aino Lahti' }).click()
    await trainer.getByRole('heading', { level: 2, name: 'Päätökset ja perustelut' }).waitFor()
    await trainer.getByText('Ei hyväksilukuja, korvauksia eikä lisäaikaa.').waitFor()
  })
  await kit.check(trainer, 'learner')

  await kit.step('a credit needs a reason', async () => {
    await trainer.getByRole('button', { name: 'Hyväksilue moduuli' }).click()
    await trainer.getByRole('dialog').getByRole('button', { name: 'Hyväksilue moduuli' }).click()
    await trainer.getByText('Täytä tämä kohta.').waitFor()
    await kit.check(trainer, 'credit')
    await trainer
      .getByRole('textbox', { name: 'Perustelu' })
      .fill('Suoritti saman osan ammattikorkeakoulussa.')
    await trainer.getByRole('dialog').getByRole('button', { name: 'Hyväksilue moduuli' }).click()
    await trainer.getByText('Moduuli on hyväksiluettu.').waitFor()
    await trainer.getByText('Suoritti saman osan ammattikorkeakoulussa.').waitFor()
  })

  await kit.step('it is withdrawn after a question, and given again', async () => {
    await trainer.getByRole('button', { name: /^Peru hyväksiluku: / }).click()
    await trainer.getByRole('dialog').getByRole('button', { name: 'Peru hyväksiluku' }).click()
    await trainer.getByText('Hyväksiluku on peruttu.').waitFor()
    await trainer.getByText('Ei hyväksilukuja, korvauksia eikä lisäaikaa.').waitFor()
  })

  await kit.step('a contact day is made good', async () => {
    await trainer.getByRole('button', { name: 'Korvaa lähipäivä' }).click()
    await trainer.getByRole('textbox', { name: 'Perustelu' }).fill('Oli päivässä toisen ryhmän kanssa.')
    await trainer.getByRole('dialog').getByRole('button', { name: 'Korvaa lähipäivä' }).click()
    await trainer.getByText('Lähipäivä on merkitty korvatuksi.').waitFor()
    await trainer.getByText('Oli päivässä toisen ryhmän kanssa.').waitFor()
  })
  await kit.check(trainer, 'decisions')

  await kit.step('with everything credited and made good, there is a certificate', async () => {
    const place = trainer.url().split('/cohorts/')[1] ?? ''
    const [cohort, person] = place.split('/learners/')
    const about = (await read(trainer, `/api/cohorts/${cohort}/learners/${person}`)) as LearnerParts
    for (const module of about.modules) {
      if (!module.passed && !module.credit) {
        const body = { module: module.id, kind: 'prior_learning', basis: 'Aiempi tutkinto.' }
        await write(trainer, `/api/cohorts/${cohort}/learners/${person}/credits`, body)
      }
      for (const day of module.activities) {
        if (day.word !== 'none' && day.word !== 'absent') continue
        const body = { activity: day.id, basis: 'Korvaava tehtävä.' }
        await write(trainer, `/api/cohorts/${cohort}/learners/${person}/compensations`, body)
      }
    }
    await learner.goto('/learning')
    await learner.getByText('Onneksi olkoon! Koulutus on suoritettu.').waitFor()
    await trainer.reload()
    await trainer.getByText('Ei mitään: kaikki on suoritettu.').waitFor()
  })
  await kit.check(trainer, 'learner, complete')

  const first = await kit.step('the learner opens it and takes it along', async () => {
    await learner.getByRole('link', { name: 'Avaa todistus' }).click()
    await learner.getByRole('heading', { level: 1, name: 'Todistus' }).waitFor()
    const [download] = await Promise.all([
      learner.waitForEvent('download'),
      learner.getByRole('link', { name: 'Lataa todistus (PDF)' }).click(),
    ])
    holds(/^LUO-\d{4}-\w{4}-\w{4}\.pdf$/.test(download.suggestedFilename()), 'a PDF named by its number')
    return download.suggestedFilename().replace('.pdf', '')
  })

  const visitor = await kit.device()
  await kit.step('everybody with the number sees that it is good, and nothing else', async () => {
    await visitor.goto(`/check/${first}`)
    await visitor.getByText('Todistus on voimassa.').waitFor()
    holds(!(await textOf(visitor.getByRole('main'))).includes('Aino'), 'no name is told')
  })

  await kit.step('the register holds it', async () => {
    await trainer.getByRole('link', { name: /Ryhmän sivulle/ }).click()
    await trainer.getByRole('link', { name: 'Todistukset' }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Todistukset' }).waitFor()
    await trainer.getByRole('link', { name: first }).waitFor()
  })
  await kit.check(trainer, 'register')

  await kit.step('it goes to a spreadsheet', async () => {
    const [download] = await Promise.all([
      trainer.waitForEvent('download'),
      trainer.getByRole('link', { name: 'Lataa taulukkona (CSV)' }).click(),
    ])
    const file = await trainer.request.get(download.url())
    holds((await file.text()).includes(`${first};Aino Lahti;`), 'the number and the name are in the table')
  })

  await kit.step('it is taken back, and everybody sees that at once', async () => {
    await trainer.getByRole('button', { name: `Peru todistus ${first}: Aino Lahti` }).click()
    await trainer.getByText(`Todistus ${first} lakkaa heti olemasta voimassa.`, { exact: false }).waitFor()
    await kit.check(trainer, 'revocation')
    await trainer.getByRole('textbox', { name: 'Perustelu' }).fill('Yksi lähipäivä oli kirjattu väärälle.')
    await trainer.getByRole('dialog').getByRole('button', { name: 'Peru todistus' }).click()
    await trainer.getByText(`Todistus ${first} on peruttu: Aino Lahti.`).waitFor()
    await visitor.reload()
    await visitor.getByText(/^Todistus on peruttu /).waitFor()
    await learner.goto('/learning')
    await learner.getByText('Kysy syytä kouluttajaltasi.').waitFor()
  })

  const second = await kit.step('another one stands in for it', async () => {
    await trainer.getByRole('button', { name: new RegExp(`^Anna uusi todistus numeron ${first}`) }).click()
    await trainer.getByRole('dialog').getByRole('button', { name: 'Anna uusi todistus' }).click()
    const said = await textOf(trainer.getByText(/^Uusi todistus on annettu\./))
    await trainer.getByText(/^Tilalle annettu LUO-/).waitFor()
    return /LUO-\d{4}-\w{4}-\w{4}/.exec(said)?.[0] ?? ''
  })
  await kit.check(trainer, 'register, issued anew')
  await kit.step('the new number is good, the old one stays taken back', async () => {
    holds(second !== '' && second !== first, 'a number of its own')
    for (const [number, says] of [
      [second, 'Todistus on voimassa.'],
      [first, /^Todistus on peruttu /],
    ] as const) {
      await visitor.goto(`/check/${number}`)
      await visitor.getByText(says).waitFor()
    }
    await learner.goto('/learning')
    await learner.getByText('Onneksi olkoon! Koulutus on suoritettu.').waitFor()
    await settled(learner)
  })

  await kit.step('an administrator says that certificates claim credits', async () => {
    const admin = await kit.signIn('tuula')
    await admin.goto('/units')
    await admin.getByRole('link', { name: 'Todistukset' }).click()
    await admin.getByText('Uusissa todistuksissa on vain tunnit.').waitFor()
    await kit.check(admin, 'registers')
    await admin.getByRole('button', { name: 'Organisaatio saa myöntää opintopisteitä' }).click()
    await admin.getByText('Uusissa todistuksissa on opintopisteet.').waitFor()
    await admin.getByRole('link', { name: 'Syksyn ryhmä' }).click()
    await admin.getByRole('link', { name: second }).waitFor()
    await kit.check(admin, 'register of an administrator')
  })

  await kit.step('the group and its attendance go to spreadsheets', async () => {
    await trainer.getByRole('link', { name: /Ryhmän sivulle/ }).click()
    await trainer.getByRole('button', { name: 'Valmiit' }).click()
    const roster = await fileOf(trainer, 'Lataa nämä taulukkona (CSV)')
    holds(
      roster.includes('Aino Lahti') && roster.includes(second),
      'who is complete is in it, with the number',
    )
    holds(!roster.includes('Eero Virtanen'), 'who is filtered out is not')
    await trainer.getByRole('link', { name: 'Merkitse läsnäolo' }).click()
    await trainer.getByRole('heading', { level: 1, name: 'Lähipäivät' }).waitFor()
    const attendance = await fileOf(trainer, 'Lataa taulukkona (CSV)')
    holds(attendance.includes('Aino Lahti') && attendance.includes('korvattu'), 'who was where is in it')
  })
}

type LearnerParts = {
  modules: { id: string; passed: boolean; credit?: string; activities: { id: string; word?: string }[] }[]
}

/** Hands every step in as the learner, and has each approved; then two trainers approve the whole. */
async function approveTask(kit: Kit, learner: Page, trainer: Page): Promise<void> {
  const name = 'Aino Lahti'
  for (const step of ['plan', 'trial', 'report']) {
    await write(learner, `/api/courses/${COURSE}/activities/${TASK}/steps`, { step, text: `Vaihe ${step}.` })
    const submission = await waiting(trainer, name, 'step')
    await write(trainer, `/api/submissions/${submission}/feedback`, {
      verdict: 'approved',
      words: 'Hyvä.',
      comments: [],
      rubric: [],
      older: false,
    })
  }
  const rubric = ['now', 'trial', 'result', 'future'].map((criterion) => ({ criterion, level: 'well' }))
  const other = await kit.signIn('leena')
  for (const [stage, page] of [
    ['first', trainer],
    ['second', other],
  ] as const) {
    const submission = await waiting(page, name, stage)
    await write(page, `/api/submissions/${submission}/approval`, {
      stage,
      words: 'Hyvä.',
      rubric,
      second: '',
    })
  }
}

/** What of a learner waits in the queue. */
async function waiting(page: Page, name: string, what: string): Promise<string> {
  const found = async () => {
    const { entries } = (await read(page, '/api/feedback-queue?whose=all')) as {
      entries: { submission: string; name: string; what: string; activity: string }[]
    }
    return entries.find((one) => one.name === name && one.what === what && one.activity === TASK)?.submission
  }
  await eventually(`${what} of ${name}`, found, (submission) => submission !== undefined)
  return (await found()) ?? ''
}

async function fileOf(page: Page, link: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ])
  return (await page.request.get(download.url())).text()
}

async function read(page: Page, path: string): Promise<unknown> {
  return (await page.request.get(path)).json()
}

async function write(page: Page, path: string, data: object): Promise<void> {
  const answer = await page.request.post(path, { data, headers: { 'Luotsi-Request': '1' } })
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
}
