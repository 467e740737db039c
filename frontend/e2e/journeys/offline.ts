import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, same, textOf, tick } from '../kit'

const COURSE = 'tyokykykoordinaattori'
const LESSON = 'Merkitse luetuksi ja jatka'
const START = 'Aloita testi'
const CHECK = 'Tarkista vastaukset'

/** A learner in a tunnel: what was opened once is read and answered there, and everything arrives afterwards, once. */
export async function offline(kit: Kit): Promise<void> {
  const phone = await kit.signIn('aino', undefined, kit.device('allow'))
  await phone.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
  const lessons = await kit.step('the next lessons, a quiz and a task are opened once', async () => {
    await programKept(phone)
    await phone.getByRole('link', { name: 'Työkykykoordinaattori' }).click()
    await phone.locator('details.module').first().waitFor()
    const open = await unread(phone)
    holds(open.length >= 2, 'there are two lessons left to read')
    for (const activity of [open[0], open[1], 'm1-quiz', 'm1-case']) {
      await phone.goto(`/courses/${COURSE}/activities/${activity}`)
      await ready(phone)
      // Questions are drawn by the server: an attempt is started while there is a network.
      const start = phone.getByRole('button', { name: START })
      const quiz = await start.isVisible()
      if (quiz) {
        await start.click()
        await phone.getByRole('button', { name: CHECK }).waitFor()
      }
      await kept(phone, `/api/courses/${COURSE}/activities/${activity}`, quiz ? '"open":' : '')
    }
    await phone.goto('/learning')
    await phone.getByText('✓ Tallennettu').waitFor()
    await kept(phone, `/api/courses/${COURSE}`)
    await kept(phone, '/api/learning')
    return open
  })
  const before = await doneOnServer(phone)

  await kit.step('without a network the page opens all the same, and says that it is a copy', async () => {
    await phone.context().setOffline(true)
    await phone.goto(`/courses/${COURSE}/activities/${lessons[0]}`)
    await phone.getByText(/^Ei verkkoyhteyttä\. Näet tämän sivun sellaisena/).waitFor()
    await eventually(
      'the length of the lesson',
      async () => (await textOf(phone.locator('.prose').first())).length,
      (length) => length > 500,
    )
  })
  await kit.check(phone, 'lesson without a network')

  await kit.step('"continue" leads to where one is reading, also after the page is loaded anew', async () => {
    // The second lesson is not what the server said comes next.
    await phone.goto(`/courses/${COURSE}/activities/${lessons[1]}`)
    await phone.getByText(/^Ei verkkoyhteyttä\. Näet tämän sivun sellaisena/).waitFor()
    const title = await titleOfLesson(phone)
    await phone.goto('/learning')
    await phone.locator('.next-step').getByText(title).waitFor()
    await phone.reload()
    await phone.locator('.next-step').getByText(title).waitFor()
    await phone.getByRole('link', { name: 'Jatka', exact: true }).click()
    await phone.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
  })

  await kit.step('lessons are finished, and the course shows what waits', async () => {
    for (const lesson of lessons.slice(0, 2)) {
      await phone.goto(`/courses/${COURSE}/activities/${lesson}`)
      const title = await titleOfLesson(phone)
      await phone.getByRole('button', { name: LESSON }).click()
      await phone.getByRole('heading', { level: 1, name: title, exact: true }).waitFor({ state: 'detached' })
    }
    await phone.getByRole('link', { name: '2 odottaa verkkoa' }).waitFor()
    await phone.goto(`/courses/${COURSE}`)
    await phone.locator('details.module').first().waitFor()
    await openModules(phone)
    await eventually('waiting', () => phone.locator('.activity').getByText('Odottaa verkkoa').count(), 2)
  })
  await kit.check(phone, 'course without a network')

  await kit.step('a quiz is answered and handed in, and stays so after a reload', async () => {
    await phone.goto(`/courses/${COURSE}/activities/m1-quiz`)
    await answerAll(phone)
    await phone.getByRole('button', { name: CHECK }).click()
    await phone.getByText('Vastauksesi on tallessa tällä laitteella').waitFor()
    await phone.reload()
    await phone.getByText('Vastauksesi on tallessa tällä laitteella').waitFor()
    await phone.getByRole('link', { name: '3 odottaa verkkoa' }).waitFor()
  })
  await kit.check(phone, 'answers that wait')

  await kit.step('a text that was begun is there after a reload', async () => {
    await phone.goto(`/courses/${COURSE}/activities/m1-case`)
    const answer = phone.getByRole('textbox', { name: 'Vastauksesi' })
    await answer.fill('Kirjoitettu tunnelissa.')
    await phone.reload()
    await eventually('text', () => answer.inputValue(), 'Kirjoitettu tunnelissa.')
  })

  await kit.step('what waits is listed', async () => {
    await phone.getByRole('link', { name: '4 odottaa verkkoa' }).click()
    await phone.getByRole('heading', { level: 1, name: 'Lähettämättä' }).waitFor()
    await eventually('cards', () => phone.locator('li.card').count(), 4)
  })
  await kit.check(phone, 'not sent yet')

  await kit.step('with a network everything arrives once and in the order it was made', async () => {
    const sent: string[] = []
    // What finds no server is sent again, under its key: what the server has answered counts.
    phone.on('response', (answer) => {
      const { pathname } = new URL(answer.url())
      const write = answer.request().method() === 'POST' && pathname.startsWith('/api/courses/')
      if (write && answer.ok()) sent.push(pathname)
    })
    await phone.context().setOffline(false)
    await phone.getByText('Kaikki on perillä').waitFor()
    await phone.getByText('✓ Tallennettu').waitFor()
    const path = (activity: string, what: string) => `/api/courses/${COURSE}/activities/${activity}/${what}`
    await eventually('sent', async () => sent, [
      path(lessons[0] ?? '', 'done'),
      path(lessons[1] ?? '', 'done'),
      path('m1-quiz', 'attempts'),
    ])
    holds((await doneOnServer(phone)) >= before + 2, 'the server has both lessons')
    const quiz = await fromServer<{ quiz: { attempts: number } }>(phone, 'activities/m1-quiz')
    same(quiz.quiz.attempts, 1, 'attempts')
    const task = await fromServer<{ draft: { text: string } }>(phone, 'activities/m1-case')
    same(task.draft.text, 'Kirjoitettu tunnelissa.', 'the text that was begun')
  })

  await kit.step('the result of the quiz is there', async () => {
    await phone.goto(`/courses/${COURSE}/activities/m1-quiz`)
    await phone.getByRole('heading', { name: /^Sait \d+\/\d+ pistettä$/ }).waitFor()
  })

  await persons(kit, phone)
}

async function persons(kit: Kit, phone: Page): Promise<void> {
  const answer = phone.getByRole('textbox', { name: 'Vastauksesi' })

  await kit.step('the session ends while a text is handed in: nothing is lost', async () => {
    await phone.goto(`/courses/${COURSE}/activities/m1-case`)
    await answer.waitFor()
    await answer.fill('Palautettu, kun istunto oli jo päättynyt.')
    // Else its saving may be what finds the session over, and the page is gone before the button is pressed.
    await phone.getByText('Luonnos tallennettu').waitFor()
    await endSessions(kit)
    await phone.getByRole('button', { name: 'Palauta tehtävä' }).click()
    await phone.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
  })

  await kit.step('somebody else who signs in sees nothing of it and does not send it', async () => {
    await kit.fillSignIn(phone, 'mikko')
    await phone.locator('.person-button').waitFor()
    await phone.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor({ state: 'detached' })
    await phone.goto('/unsent')
    await phone.getByText('Kaikki on perillä').waitFor()
    await eventually('copies of others', () => copiesOfOthers(phone), 0)
    await signOut(phone)
    await phone.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
  })

  await kit.step('when its own person is back, it arrives', async () => {
    await kit.fillSignIn(phone, 'aino')
    await phone.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await phone.goto(`/courses/${COURSE}/activities/m1-case`)
    await eventually(
      'handed in',
      async () =>
        (await fromServer<{ task: { submitted?: { text: string } } }>(phone, 'activities/m1-case')).task
          .submitted?.text,
      'Palautettu, kun istunto oli jo päättynyt.',
    )
  })

  await kit.step('signing out names what is not sent, and empties the browser', async () => {
    await phone.goto(`/courses/${COURSE}/activities/m1-case`)
    await phone.getByRole('button', { name: 'Täydennä vastausta' }).click()
    await answer.waitFor()
    await eventually(
      'text',
      () => answer.inputValue(),
      (text) => text !== '',
    )
    await phone.getByText('Luonnos tallennettu').waitFor()
    await phone.context().setOffline(true)
    await answer.fill('Tämä jää lähettämättä.')
    await phone.getByText(/ei vielä palvelussa/).waitFor()
    await openMenu(phone)
    await phone.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).click()
    const dialog = phone.getByRole('dialog', { name: 'Kaikki ei ole vielä perillä' })
    await dialog.getByText('Kesken oleva teksti').waitFor()
    await kit.check(phone, 'signing out with unsent work')
    await phone.context().setOffline(false)
    await dialog
      .getByRole('button', { name: 'Kirjaudu ulos ja poista' })
      .or(phone.getByText('✓ Tallennettu'))
      .first()
      .waitFor()
    await dialog.getByRole('button', { name: 'Kirjaudu ulos ja poista' }).click()
    await phone.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
    await eventually('what the browser holds', () => holdings(phone), {
      databases: 0,
      texts: [],
      caches: true,
    })
  })
}

/** The service worker has everything and serves this page. */
async function programKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

/** Waits until the browser holds an answer that says this: it is put away after it has been shown, and a page that is left puts nothing away. */
async function kept(page: Page, path: string, saying = ''): Promise<void> {
  await eventually(
    `${path} is kept`,
    () =>
      page.evaluate(
        async ([key, words]) => {
          const names = (await indexedDB.databases()).map((one) => one.name ?? '')
          const name = names.find((one) => one.startsWith('luotsi:'))
          if (name === undefined) return false
          return new Promise<boolean>((resolve, reject) => {
            const opening = indexedDB.open(name)
            opening.onerror = () => reject(opening.error)
            opening.onsuccess = () => {
              const reading = opening.result.transaction('answers').objectStore('answers').get(key)
              reading.onerror = () => reject(reading.error)
              reading.onsuccess = () => {
                opening.result.close()
                resolve((reading.result as { text: string } | undefined)?.text.includes(words) ?? false)
              }
            }
          })
        },
        [path, saying] as const,
      ),
    true,
  )
}

/** The title of a lesson, once it is there with its end. */
async function titleOfLesson(page: Page): Promise<string> {
  await page.getByRole('button', { name: LESSON }).waitFor()
  return textOf(page.getByRole('heading', { level: 1 }))
}

async function ready(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: LESSON })
    .or(page.getByRole('button', { name: CHECK }))
    .or(page.getByRole('button', { name: START }))
    .or(page.getByRole('textbox', { name: 'Vastauksesi' }))
    .first()
    .waitFor()
}

async function fromServer<T>(page: Page, what: string): Promise<T> {
  return page.evaluate(async (path) => (await fetch(path)).json(), `/api/courses/${COURSE}/${what}`)
}

async function course(page: Page) {
  return page.evaluate(async (path) => (await fetch(path)).json(), `/api/courses/${COURSE}`) as Promise<{
    done: number
    modules: { activities: { id: string; kind: string; done: boolean }[] }[]
  }>
}

async function doneOnServer(page: Page): Promise<number> {
  return (await course(page)).done
}

async function unread(page: Page): Promise<string[]> {
  return (await course(page)).modules
    .flatMap((module) => module.activities)
    .filter((activity) => activity.kind === 'lesson' && !activity.done)
    .map((activity) => activity.id)
}

async function openModules(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const module of document.querySelectorAll('details.module')) module.setAttribute('open', '')
  })
}

async function answerAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: CHECK }).waitFor()
  for (const group of await page.locator('fieldset.question-group').all()) {
    // A number is taken where a number is asked for, and is a text elsewhere.
    if ((await group.getByRole('textbox').count()) > 0) await group.getByRole('textbox').fill('1000')
    else if ((await group.getByRole('radio').count()) > 0) await tick(group.getByRole('radio').first())
    else await tick(group.getByRole('checkbox').first())
  }
}

/** Aino ends all her sessions from another device. */
async function endSessions(kit: Kit): Promise<void> {
  const computer = await kit.signIn('aino')
  await computer.getByRole('button', { name: 'Aino Lahti' }).click()
  await computer.getByRole('button', { name: 'Kirjaudu ulos kaikilta laitteilta' }).click()
  await computer.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
  await computer.context().close()
}

async function openMenu(page: Page): Promise<void> {
  await page.locator('.person-button').click()
}

async function signOut(page: Page): Promise<void> {
  await openMenu(page)
  await page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).click()
}

/** How many answers the browser holds of people who are not signed in. */
async function copiesOfOthers(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const me = (JSON.parse(localStorage.getItem('luotsi:me') ?? '{}') as { id?: string }).id
    const others = (await indexedDB.databases()).filter((one) => one.name !== `luotsi:${me}`)
    let copies = 0
    for (const { name } of others) {
      copies += await new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('answers').objectStore('answers').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      })
    }
    return copies
  })
}

/** What stays after signing out: no database, no text or name, and of the caches only the program's files. */
async function holdings(page: Page): Promise<{ databases: number; texts: string[]; caches: boolean }> {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    texts: Object.keys(localStorage).filter((key) => key !== 'luotsi:language'),
    caches: (await caches.keys()).every((name) => name.startsWith('luotsi-program-')),
  }))
}
