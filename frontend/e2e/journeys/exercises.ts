import type { Page } from 'playwright-core'
import { Caller } from '../caller'
import { eventually, holds, type Kit, quiet, same, textOf, tick } from '../kit'

const EXERCISE = '/exercises/kun-meni-pieleen'
// Of the first session, and without a list at its last step.
const LAST = 'kun-meni-pieleen'
const SAVED = 'Luonnos tallennettu'
const KEPT = 'Tallessa tässä selaimessa'

/** An exercise that is interrupted three times and finished with nothing lost; and sheets for a client, of whom nothing is kept. */
export async function exercises(kit: Kit): Promise<void> {
  const phone = await kit.signIn('aino', undefined, kit.device('allow'))
  await interrupted(kit, phone)
  await leftAndRefused(kit, phone)
  await daily(kit, phone)
  await finishedOffline(kit, phone)
  await sessionEnded(kit, phone)
  await withClient(kit)
}

async function interrupted(kit: Kit, phone: Page): Promise<void> {
  const heading = (name: string) => phone.getByRole('heading', { level: 1, name })
  const field = (name: string) => phone.getByRole('textbox', { name })
  const next = phone.getByRole('button', { name: 'Seuraava' })

  await kit.step('an exercise is found among one’s own resources and begun', async () => {
    await phone.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await phone.getByRole('link', { name: 'Omat voimavarat' }).first().click()
    await heading('Omat voimavarat').waitFor()
    await phone.getByRole('link', { name: '09 2525 0111' }).waitFor()
    await phone.getByRole('link', { name: '112' }).waitFor()
    await phone.getByRole('link', { name: 'Kun jokin meni pieleen' }).waitFor()
  })
  await kit.check(phone, 'own-resources')
  await phone.getByRole('link', { name: 'Kun jokin meni pieleen' }).click()
  await phone.getByRole('button', { name: 'Aloita' }).waitFor()
  await kit.check(phone, 'exercise')
  await kit.step('the first interruption: the page is loaded anew in the middle of a step', async () => {
    await phone.getByRole('button', { name: 'Aloita' }).click()
    await heading('Mitä tapahtui?').waitFor()
    await field('Mitä tapahtui').fill('Työkokeilu loppui kesken.')
    await phone.getByText(SAVED).waitFor()
    await field('Miltä se tuntui').fill('Harmitti kovasti.')
    await phone.reload()
    await heading('Mitä tapahtui?').waitFor()
    await eventually('first', () => field('Mitä tapahtui').inputValue(), 'Työkokeilu loppui kesken.')
    await eventually('second', () => field('Miltä se tuntui').inputValue(), 'Harmitti kovasti.')
  })
  await kit.check(phone, 'exercise-step')

  await kit.step('two things of three hoped for: it asks for more once, and lets go on', async () => {
    await next.click()
    await heading('Mikä oli sinun käsissäsi?').waitFor()
    await field('Tämä oli minun käsissäni 1').fill('Aloitin liian aikaisin.')
    await field('Tämä ei ollut minun käsissäni 1').fill('Paikka lopetettiin.')
    await next.click()
    await phone.getByText(/Löytyisikö vielä toinen/).waitFor()
    await phone.getByRole('button', { name: 'Jatka näin' }).click()
    await heading('Mikä auttoi sinua?').waitFor()
  })

  await kit.step('the second interruption: the network goes, and the exercise goes on', async () => {
    await phone.context().setOffline(true)
    await phone.getByRole('button', { name: 'Liian vaikea tänään' }).click()
    await phone.getByText('Kevyempi versio').waitFor()
    await tick(phone.getByRole('radio', { name: 'Ihmisestä tai eläimestä' }))
    await phone.getByText(KEPT).waitFor()
    await next.click()
    await heading('Mitä kannattaa varoa?').waitFor()
    await field('Tätä minun kannattaa varoa').fill('Jään yksin kotiin.')
    // Without a network the page opens from what is kept here, at the step where it was left.
    await phone.reload()
    await heading('Mitä kannattaa varoa?').waitFor()
    await eventually('typed', () => field('Tätä minun kannattaa varoa').inputValue(), 'Jään yksin kotiin.')
    await phone.context().setOffline(false)
    await phone.getByText('✓ Tallennettu').waitFor()
    await eventually(
      'done, the easier step like the others',
      async () => (await openRun(phone)).done.map(({ step, easier }) => `${step} ${easier}`),
      ['setback false', 'control false', 'assets true'],
    )
    await eventually(
      'draft',
      async () => (await openRun(phone)).draft?.text.includes('Jään yksin kotiin.') === true,
      true,
    )
  })

  await kit.step('the third interruption: the session ends', async () => {
    await endSessions(kit, phone)
    await field('Huomaan sen siitä').fill('En vastaa puhelimeen.')
    await heading('Kirjaudu sisään').waitFor()
    await kit.fillSignIn(phone, 'aino')
    await heading('Mitä kannattaa varoa?').waitFor()
    await eventually('before', () => field('Tätä minun kannattaa varoa').inputValue(), 'Jään yksin kotiin.')
    await eventually('typed', () => field('Huomaan sen siitä').inputValue(), 'En vastaa puhelimeen.')
  })

  await kit.step('it is finished, and everything is there', async () => {
    await next.click()
    await heading('Mitä teet seuraavaksi?').waitFor()
    await field('Seuraava tekoni').fill('Soitan torstaina.')
    await phone.getByRole('button', { name: 'Valmis' }).click()
    await heading('Hienoa, se on nyt tehty.').waitFor()
    await holdsAll(phone)
  })
  await kit.check(phone, 'exercise-finished')
  await kit.step('it is one’s own page afterwards, and on paper it is what was written alone', async () => {
    await phone.goto(EXERCISE)
    await phone
      .getByRole('heading', { name: 'Aiemmat kerrat' })
      .locator('..')
      .getByRole('link')
      .first()
      .click()
    await phone.getByText('Tämän näet vain sinä.').waitFor()
    await holdsAll(phone)
    await phone.emulateMedia({ media: 'print' })
    await phone.getByText('Työkokeilu loppui kesken.').waitFor()
    await phone.getByRole('button', { name: 'Poista' }).waitFor({ state: 'hidden' })
    await phone.emulateMedia({ media: null })
  })
  await kit.step('it is deleted with its text', async () => {
    await phone.getByRole('button', { name: 'Poista' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Poista' }).click()
    await heading('Omat voimavarat').waitFor()
    await eventually('what is left of it', async () => (await fromServer(phone)).runs, [])
  })
}

async function holdsAll(page: Page): Promise<void> {
  for (const text of [
    'Työkokeilu loppui kesken.',
    'Harmitti kovasti.',
    'Aloitin liian aikaisin.',
    'Paikka lopetettiin.',
    'Ihmisestä tai eläimestä',
    'Jään yksin kotiin.',
    'En vastaa puhelimeen.',
    'Soitan torstaina.',
  ]) {
    await page.getByText(text).first().waitFor()
  }
}

async function leftAndRefused(kit: Kit, phone: Page): Promise<void> {
  const heading = (name: string) => phone.getByRole('heading', { level: 1, name })
  await kit.step('who leaves an exercise for another time finds it where it was', async () => {
    await phone.goto(EXERCISE)
    await phone.getByRole('button', { name: 'Aloita' }).click()
    await heading('Mitä tapahtui?').waitFor()
    await phone.getByRole('button', { name: 'Seuraava' }).click()
    await heading('Mikä oli sinun käsissäsi?').waitFor()
    await phone.getByRole('button', { name: 'Jätän tähän tällä kertaa' }).click()
    await heading('Omat voimavarat').waitFor()
    await phone.getByText('jäi toiseen kertaan').waitFor()
    await phone.goto(EXERCISE)
    await phone.getByRole('button', { name: 'Jatka siitä, mihin jäit' }).click()
    await heading('Mikä oli sinun käsissäsi?').waitFor()
  })
  await kit.step('one tap refuses exercises, and one takes it back', async () => {
    await phone.goto('/exercises')
    await phone.getByRole('button', { name: 'En halua tehdä harjoituksia' }).click()
    await phone.getByText('Olet valinnut, ettet tee harjoituksia').waitFor()
    await phone.getByRole('link', { name: 'Kun jokin meni pieleen' }).waitFor({ state: 'detached' })
    await phone.getByRole('button', { name: 'Näytä harjoitukset taas' }).click()
    await phone.getByRole('link', { name: 'Kun jokin meni pieleen' }).first().waitFor()
  })
  await kit.step('plain language is chosen, and remembered', async () => {
    await phone.getByRole('button', { name: 'Selkosuomi' }).click()
    await phone.goto('/exercises/paivan-hyva')
    const plain = await textOf(phone.locator('main h1'))
    await phone.getByRole('button', { name: 'Selkosuomi' }).click()
    await eventually(
      'other words',
      () => textOf(phone.locator('main .lead')),
      (text) => text !== '',
    )
    holds(plain !== '', 'it has a name in plain language')
  })
}

async function daily(kit: Kit, phone: Page): Promise<void> {
  await kit.step('a daily exercise is done, listed, and begins anew', async () => {
    await phone.goto('/exercises/paivan-hyva')
    await phone.getByRole('button', { name: 'Aloita' }).click()
    await phone.getByRole('textbox', { name: /1$/ }).fill('Kahvi oli hyvää.')
    await phone.getByRole('button', { name: 'Seuraava' }).click()
    await phone.getByRole('button', { name: 'Jatka näin' }).click()
    await phone.getByText(/^Vaihe 2\/2/).waitFor()
    await phone.getByRole('button', { name: 'Valmis' }).click()
    await phone.getByRole('heading', { level: 1, name: 'Hienoa, se on nyt tehty.' }).waitFor()
    await phone.getByText('Kahvi oli hyvää.').waitFor()
    await phone.getByRole('link', { name: 'Takaisin harjoituksiin' }).click()
    await phone.getByText('Viimeksi:').waitFor()
    await phone.goto('/exercises/paivan-hyva')
    await phone.getByRole('button', { name: 'Aloita' }).waitFor()
  })
}

/** What is finished without a network stays finished: loaded anew, on its way, and when it has arrived. */
async function finishedOffline(kit: Kit, phone: Page): Promise<void> {
  const ended = phone.getByRole('heading', { level: 1, name: 'Hienoa, se on nyt tehty.' })
  const waits = phone.getByText('Tekstisi on tallessa tällä laitteella')
  await kit.step('an exercise finished without a network is finished, also loaded anew', async () => {
    await phone.goto('/exercises/paivan-hyva')
    await phone.getByRole('button', { name: 'Aloita' }).click()
    await phone.getByRole('textbox', { name: /1$/ }).fill('Sade lakkasi.')
    await phone.getByText(SAVED).waitFor()
    await phone.context().setOffline(true)
    await phone.getByRole('button', { name: 'Seuraava' }).click()
    await phone.getByRole('button', { name: 'Jatka näin' }).click()
    await phone.getByText(/^Vaihe 2\/2/).waitFor()
    await phone.getByRole('button', { name: 'Valmis' }).click()
    await ended.waitFor()
    await phone.reload()
    await ended.waitFor()
    await phone.getByText('Sade lakkasi.').waitFor()
    await waits.waitFor()
  })
  await kit.step('and still is, when it has arrived', async () => {
    await phone.context().setOffline(false)
    await eventually(
      'arrived',
      async () =>
        (await fromServer(phone, '/exercises/paivan-hyva')).runs.every(
          ({ finishedAt }) => finishedAt !== undefined,
        ),
      true,
    )
    await phone.getByRole('button', { name: 'Poista' }).waitFor()
    await waits.waitFor({ state: 'detached' })
    await ended.waitFor()
    await phone.getByText('Sade lakkasi.').waitFor()
  })
}

/** A measure that waits is offered at the end of a session, and nowhere before; one tap refuses it. */
async function sessionEnded(kit: Kit, phone: Page): Promise<void> {
  const offer = phone.getByRole('heading', { name: 'Sinulle on kysely' })
  const own = await Caller.signIn(kit, 'aino')
  await kit.step('the last exercise of a session ends with a measure that waits', async () => {
    const { exercises } = await own.get<AllExercises>('/api/psycap/exercises')
    const others = exercises.filter(
      ({ id, session, done }) => session === '1' && id !== LAST && done.length === 0,
    )
    for (const { id } of others)
      await own.put(`/api/psycap/runs/${await runOf(own, id)}/finish`, { text: '{}' })
    await finishLast(phone, own, LAST)
    await offer.waitFor()
    same(await phone.getByRole('link', { name: /^Vastaa: / }).count(), 1, 'one measure alone')
  })
  await kit.check(phone, 'exercise-session-ended')
  await kit.step(
    'one tap refuses it and one takes that back; who wants to is led to its questions',
    async () => {
      await phone.getByRole('button', { name: /^En vastaa tähän: / }).click()
      await phone.getByText('Et vastaa tähän', { exact: true }).waitFor()
      same(await phone.getByRole('link', { name: /^Vastaa: / }).count(), 0, 'no other is asked in its place')
      await phone.getByRole('button', { name: /^Kumoa: / }).click()
      await phone.getByRole('link', { name: /^Vastaa: / }).click()
      await phone.waitForURL(/\/measures\/./)
      await phone.goBack()
      await phone.getByRole('heading', { level: 1 }).waitFor()
    },
  )
  await kit.step(
    'who wants no measures is offered none, and what is for every day ends no session',
    async () => {
      await own.put('/api/psycap/measures/refusal', { refused: true })
      await finishLast(phone, own, LAST)
      await quiet(phone)
      same(await offer.count(), 0, 'nothing is offered')
      await own.put('/api/psycap/measures/refusal', { refused: false })
      await finishLast(phone, own, 'paivan-hyva')
      await quiet(phone)
      same(await offer.count(), 0, 'nothing is offered')
    },
  )
}

/** An exercise of which all steps but the last are done is finished on the phone. */
async function finishLast(phone: Page, own: Caller, exercise: string): Promise<void> {
  const run = await runOf(own, exercise)
  const { steps } = await own.get<{ steps: { id: string }[] }>(`/api/psycap/exercises/${exercise}`)
  for (const { id } of steps.slice(0, -1))
    await own.put(`/api/psycap/runs/${run}/steps/${id}`, { easier: false })
  await phone.goto(`/exercises/${exercise}?run=${run}`)
  await phone.getByRole('button', { name: 'Valmis' }).click()
  await phone.getByRole('heading', { level: 1, name: 'Hienoa, se on nyt tehty.' }).waitFor()
}

/** What is open of an exercise, or a new time. */
async function runOf(own: Caller, exercise: string): Promise<string> {
  const { exercises } = await own.get<AllExercises>('/api/psycap/exercises')
  const open = exercises.find(({ id }) => id === exercise)?.open
  return open?.run ?? (await own.post<{ run: string }>(`/api/psycap/exercises/${exercise}/runs`)).run
}

/** Nothing that is written with a client is sent or stored. */
async function withClient(kit: Kit): Promise<void> {
  const desk = await kit.signIn('aino')
  const SECRET = 'Asiakkaan oma salaisuus'
  await kit.step('a sheet is printed in plain language, with lines to write on', async () => {
    // By way of the other pages, whose styles stay.
    await desk.goto('/exercises')
    await desk.locator(`a[href="${EXERCISE}"]`).first().click()
    await desk.locator(`a[href^="${EXERCISE}/sheet"]`).first().click()
    await desk.getByRole('link', { name: 'Selkosuomi' }).click()
    await desk.locator('.paper-lines').first().waitFor()
    await desk.emulateMedia({ media: 'print' })
    await desk.getByRole('button', { name: 'Tulosta' }).waitFor({ state: 'hidden' })
    await desk.locator('.paper .help-line').waitFor()
    const paper = await desk.pdf({ preferCSSPageSize: true })
    holds(paper.length > 10_000, 'there is something to print')
    await desk.emulateMedia({ media: null })
  })
  await kit.check(desk, 'exercise-sheet')
  await kit.step('a sheet in Swedish has all its words in Swedish', async () => {
    await desk.getByRole('link', { name: 'Svenska', exact: true }).first().click()
    await desk.getByText('Det här är inte vård eller terapi').waitFor()
    await desk.getByText('Om det här är för svårt i dag').first().waitFor()
  })
  await kit.step('what is written on a shared screen is sent nowhere and stored nowhere', async () => {
    await desk.goto(`${EXERCISE}/sheet?view=screen`)
    await desk.getByText('Se, mitä tähän kirjoitatte, ei tallennu.').waitFor()
    const sent: string[] = []
    desk.on('request', (request) => {
      if (request.method() !== 'GET' || decodeURIComponent(request.url()).includes(SECRET))
        sent.push(`${request.method()} ${request.url()}`)
    })
    await desk.getByRole('textbox').first().fill(SECRET)
    await desk.getByRole('button', { name: 'Seuraava' }).click()
    await desk.getByRole('textbox').first().fill(SECRET)
    await desk.getByRole('button', { name: 'Edellinen' }).click()
    await eventually('still there', () => desk.getByRole('textbox').first().inputValue(), SECRET)
    // Once more to the end, where it is read and may go with the client on paper.
    const onwards = desk.getByRole('button', { name: /^(Seuraava|Valmis)$/ })
    while ((await onwards.count()) > 0) await onwards.click()
    await desk.getByRole('heading', { name: 'Hienoa, se on nyt tehty.' }).waitFor()
    await desk.getByText(SECRET).first().waitFor()
    await desk.getByRole('button', { name: 'Tulosta' }).waitFor()
    holds(!(await storedIn(desk)).includes(SECRET), 'it is stored nowhere in the browser')
    await desk.goBack()
    await desk.goto(`${EXERCISE}/sheet?view=screen`)
    await desk.getByRole('textbox').first().waitFor()
    same(await desk.getByRole('textbox').first().inputValue(), '', 'gone with the page')
    // Renewing a session is not about anything that was written.
    same(
      sent.filter((one) => !one.endsWith('/api/session/renew')),
      [],
      'nothing was sent',
    )
  })
  await kit.check(desk, 'exercise-shared-screen')

  await kit.step('a trainer looks at the exercises, and has none of their own', async () => {
    const trainer = await kit.signIn('paivi')
    await trainer.getByRole('link', { name: 'Harjoitukset' }).first().click()
    await trainer.getByRole('link', { name: 'Kun jokin meni pieleen' }).click()
    await trainer.getByRole('link', { name: 'Tulosta paperille' }).waitFor()
    same(await trainer.getByRole('button', { name: 'Aloita' }).count(), 0, 'nothing to begin')
  })
}

type AllExercises = {
  exercises: { id: string; session: string; open?: { run: string }; done: unknown[] }[]
}

type FromServer = {
  runs: {
    finishedAt?: string
    done: { step: string; easier: boolean }[]
    draft?: { text: string }
  }[]
}

async function fromServer(page: Page, exercise = EXERCISE): Promise<FromServer> {
  return page.evaluate(async (path) => (await fetch(path)).json(), `/api/psycap${exercise}`)
}

async function openRun(page: Page): Promise<FromServer['runs'][number]> {
  const run = (await fromServer(page)).runs.find(({ finishedAt }) => finishedAt === undefined)
  if (run === undefined) throw new Error('no run is open')
  return run
}

/** Everything that the browser keeps for the site, as text. */
async function storedIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const all: unknown[] = [{ ...localStorage }, { ...sessionStorage }]
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      all.push(
        await new Promise((resolve, reject) => {
          const opening = indexedDB.open(name)
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = async () => {
            const stores = [...opening.result.objectStoreNames]
            const rows = await Promise.all(
              stores.map(
                (store) =>
                  new Promise((got) => {
                    const reading = opening.result.transaction(store).objectStore(store).getAll()
                    reading.onsuccess = () => got(reading.result)
                  }),
              ),
            )
            opening.result.close()
            resolve(rows)
          }
        }),
      )
    }
    return JSON.stringify(all)
  })
}

/** Aino ends all her sessions from another device, while the phone waits for nothing. */
async function endSessions(kit: Kit, phone: Page): Promise<void> {
  const computer = await kit.signIn('aino')
  await quiet(phone)
  await computer.locator('.person-button').click()
  await computer.getByRole('button', { name: 'Kirjaudu ulos kaikilta laitteilta' }).click()
  await computer.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
  await computer.context().close()
}
