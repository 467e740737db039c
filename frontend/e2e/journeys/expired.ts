import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, same, settled, textOf, tick } from '../kit'

const COURSE = '/courses/tyokykykoordinaattori/activities'
const TASK = `${COURSE}/m1-case`
const QUIZ = `${COURSE}/m1-quiz`
const REFLECTION = `${COURSE}/m1-reflection`

/** The session ends in the middle of an answer: after signing in again the text is still there, and goes on by itself. */
export async function expired(kit: Kit): Promise<void> {
  const phone = await kit.signIn('aino', undefined, kit.device('allow'))
  await task(kit, phone)
  await quiz(kit, phone)
  await reflection(kit, phone)
  await twoDevices(kit, phone)
  await twoWindows(kit, phone)
}

async function task(kit: Kit, phone: Page): Promise<void> {
  const answer = phone.getByRole('textbox', { name: 'Vastauksesi' })
  await kit.step('the session ends while a task is written', async () => {
    await phone.goto(TASK)
    await answer.fill('Ennen istunnon loppua.')
    await phone.getByText('Luonnos tallennettu').waitFor()
    await endSessions(kit)
    await answer.fill('Ennen istunnon loppua, ja sen jälkeen.')
    await signInPage(phone)
    await phone
      .getByText(/^Kirjaudu sisään, niin pääset takaisin/)
      .first()
      .waitFor()
  })

  await kit.step(
    'somebody else who signs in there finds an answer of their own, and none of hers',
    async () => {
      await kit.fillSignIn(phone, 'mikko')
      await phone.locator('.person-button').waitFor()
      await phone.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor({ state: 'detached' })
      await settled(phone)
      holds(!(await textOf(phone.locator('main'))).includes('istunnon'), 'her text is nowhere')
      const seen = await phone.evaluate(async () =>
        JSON.stringify(await (await fetch('/api/drafts/tyokykykoordinaattori.m1-case')).json()),
      )
      holds(!seen.includes('istunnon'), 'his page did not send it')
      await signOut(phone)
      await signInPage(phone)
    },
  )

  await kit.step('when she is back, so is the text, and it is saved by itself', async () => {
    await kit.fillSignIn(phone, 'aino')
    await phone.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await eventually(
      'draft',
      async () => (await draftOnServer(phone, 'm1-case')) as string,
      'Ennen istunnon loppua, ja sen jälkeen.',
    )
    await phone.goto(TASK)
    await eventually('text', () => answer.inputValue(), 'Ennen istunnon loppua, ja sen jälkeen.')
  })
}

async function quiz(kit: Kit, phone: Page): Promise<void> {
  const group = (nth: number) => phone.locator('fieldset.question-group').nth(nth)
  await kit.step('the session ends while a quiz is answered', async () => {
    await phone.goto(QUIZ)
    const start = phone.getByRole('button', { name: 'Aloita testi' })
    await start.or(group(0)).first().waitFor()
    if (await start.isVisible()) await start.click()
    await group(0).waitFor()
    await answerFirst(phone, 0)
    await phone.getByText('Luonnos tallennettu').waitFor()
    await endSessions(kit)
    await answerFirst(phone, 1)
    await signInPage(phone)
  })

  await kit.step('signing in leads back to the quiz, with both answers and the same questions', async () => {
    await kit.fillSignIn(phone, 'aino')
    await group(1).waitFor()
    holds(phone.url().endsWith(QUIZ), `back at the quiz, not at ${phone.url()}`)
    await eventually('first answer', () => answered(phone, 0), true)
    await eventually('second answer', () => answered(phone, 1), true)
    await phone.getByText('Luonnos tallennettu').waitFor()
  })
}

async function reflection(kit: Kit, phone: Page): Promise<void> {
  const text = phone.getByRole('textbox', { name: 'Pohdintasi' })
  await kit.step('the session ends when a reflection is kept: it arrives after signing in', async () => {
    await phone.goto(REFLECTION)
    await text.fill('Kuuntelin ennen kuin ehdotin.')
    await phone.getByText('Luonnos tallennettu').waitFor()
    await endSessions(kit)
    await phone.getByRole('button', { name: 'Tallenna pohdinta' }).click()
    await signInPage(phone)
    await kit.fillSignIn(phone, 'aino')
    await phone.locator('.submitted-text').getByText('Kuuntelin ennen kuin ehdotin.').waitFor()
    await eventually(
      'reflection',
      async () =>
        (await fromServer<{ reflection: { text?: string } }>(phone, 'm1-reflection')).reflection.text,
      'Kuuntelin ennen kuin ehdotin.',
    )
    await phone.getByText('✓ Tallennettu').waitFor()
  })
}

/** A reflection that is opened to others on a phone without a network stays closed when it was closed elsewhere meanwhile. */
async function twoDevices(kit: Kit, phone: Page): Promise<void> {
  type Kept = { reflection: { sharing: { privacy: string } } }
  const privacy = async () => (await fromServer<Kept>(phone, 'm1-reflection')).reflection.sharing.privacy
  const choose = (name: string) => tick(phone.getByRole('radio', { name }))
  await kit.step('who may read a reflection is chosen on a phone without a network', async () => {
    await phone.goto(REFLECTION)
    await choose('Kouluttaja saa lukea sen')
    await eventually('chosen', privacy, 'read')
    await phone.reload()
    await phone.getByRole('radio', { name: 'Kouluttaja saa lukea sen' }).waitFor()
    await phone.context().setOffline(true)
    await choose('Kouluttaja ja ryhmäni saavat lukea sen')
    await phone.getByRole('link', { name: /odottaa verkkoa/ }).waitFor()
  })
  await kit.step('what was closed at a computer meanwhile stays closed', async () => {
    const computer = await kit.signIn('aino')
    const status = await computer.evaluate(async () => {
      const answer = await fetch('/api/courses/tyokykykoordinaattori/activities/m1-reflection/sharing', {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', 'Luotsi-Request': '1' },
        body: JSON.stringify({ privacy: 'private' }),
      })
      return answer.status
    })
    holds(status === 204, `closed at the computer: ${status}`)
    await computer.context().close()
    await phone.context().setOffline(false)
    await phone.goto('/unsent')
    await phone.getByText(/Suljit tämän muilta toisella laitteella/).waitFor()
    same(await privacy(), 'private', 'who may read it')
  })
  await kit.step('who has seen so may open it all the same', async () => {
    await phone.getByRole('button', { name: 'Lähetä uudelleen' }).click()
    await phone.getByText('Kaikki on perillä').waitFor()
    await eventually('who may read it', privacy, 'cohort')
  })
}

/** Two windows of one browser share what waits: each thing is sent once. */
async function twoWindows(kit: Kit, phone: Page): Promise<void> {
  await kit.step('two windows of one browser send what waited once', async () => {
    const other = await phone.context().newPage()
    await other.goto(TASK)
    await phone.goto(TASK)
    await phone.getByRole('textbox', { name: 'Vastauksesi' }).waitFor()
    await phone.context().setOffline(true)
    await phone.getByRole('textbox', { name: 'Vastauksesi' }).fill('Kahdesta ikkunasta.')
    await phone.getByRole('button', { name: 'Palauta tehtävä' }).click()
    await phone.getByText('Vastauksesi on tallessa tällä laitteella').waitFor()
    await phone.getByText('Kahdesta ikkunasta.').waitFor()
    await other.getByRole('link', { name: /odottaa verkkoa/ }).waitFor()
    const sent: string[] = []
    for (const page of [phone, other]) {
      // What finds no server is sent again, under its key: what the server has answered counts.
      page.on('response', (answer) => {
        const write = answer.request().method() === 'POST' && answer.url().endsWith('/submission')
        if (write && answer.ok()) sent.push(answer.url())
      })
    }
    await phone.context().setOffline(false)
    await phone.getByText('✓ Tallennettu').waitFor()
    await other.getByText('✓ Tallennettu').waitFor()
    await eventually('sent', async () => sent.length, 1)
    const { task } = await fromServer<{ task: { rounds: unknown[]; submitted: { text: string } } }>(
      phone,
      'm1-case',
    )
    holds(task.submitted.text === 'Kahdesta ikkunasta.', 'it arrived')
    holds(task.rounds.length === 1, `once, not ${task.rounds.length} times`)
    await other.close()
  })
}

async function signInPage(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
}

async function answerFirst(page: Page, question: number): Promise<void> {
  const group = page.locator('fieldset.question-group').nth(question)
  if ((await group.getByRole('radio').count()) > 0) await tick(group.getByRole('radio').first())
  else if ((await group.getByRole('checkbox').count()) > 0) await tick(group.getByRole('checkbox').first())
  else if ((await group.getByRole('textbox').count()) > 0) await group.getByRole('textbox').fill('7')
  else if ((await group.getByRole('combobox').count()) > 0)
    await group.getByRole('combobox').first().selectOption({ index: 1 })
  else await group.getByRole('button').last().click()
}

async function answered(page: Page, question: number): Promise<boolean> {
  const group = page.locator('fieldset.question-group').nth(question)
  if ((await group.getByRole('radio').count()) > 0) return group.getByRole('radio').first().isChecked()
  if ((await group.getByRole('checkbox').count()) > 0) return group.getByRole('checkbox').first().isChecked()
  if ((await group.getByRole('textbox').count()) > 0)
    return (await group.getByRole('textbox').inputValue()) === '7'
  if ((await group.getByRole('combobox').count()) > 0)
    return (await group.getByRole('combobox').first().inputValue()) !== ''
  return true
}

/** Aino ends all her sessions from another device. */
async function endSessions(kit: Kit): Promise<void> {
  const computer = await kit.signIn('aino')
  await computer.locator('.person-button').click()
  await computer.getByRole('button', { name: 'Kirjaudu ulos kaikilta laitteilta' }).click()
  await signInPage(computer)
  await computer.context().close()
}

async function signOut(page: Page): Promise<void> {
  await page.locator('.person-button').click()
  await page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).click()
}

async function draftOnServer(page: Page, activity: string): Promise<unknown> {
  return page.evaluate(
    async (path) => ((await (await fetch(path)).json()) as { text: unknown }).text,
    `/api/drafts/tyokykykoordinaattori.${activity}`,
  )
}

async function fromServer<T>(page: Page, activity: string): Promise<T> {
  return page.evaluate(async (path) => (await fetch(path)).json(), `/api${COURSE}/${activity}`)
}
