import type { Locator, Page } from 'playwright-core'
import { eventually, holds, type Kit, quiet, textOf, tick, untick } from '../kit'

const COURSE = '/courses/tyokykykoordinaattori'

export async function trainee(kit: Kit): Promise<void> {
  const computer = await kit.signIn('aino')

  const before = await kit.step('the first page has the course with its percent and one button', async () => {
    await computer.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await eventually('buttons', () => computer.getByRole('link', { name: 'Jatka', exact: true }).count(), 1)
    return percentOf(computer)
  })
  await kit.check(computer, 'my course')

  await kit.step('the course shows ten modules with goals, hours and outline', async () => {
    await computer.getByRole('link', { name: 'Työkykykoordinaattori' }).click()
    await computer.getByRole('heading', { level: 1, name: 'Työkykykoordinaattori' }).waitFor()
    await eventually('modules', () => computer.locator('details.module').count(), 10)
    await computer.getByRole('heading', { name: 'Tavoitteet' }).first().waitFor()
    await computer.getByText('27 tuntia').first().waitFor()
  })
  await kit.check(computer, 'course')

  await kit.step('"Continue" opens the next lesson, which can be read', async () => {
    await computer.getByRole('link', { name: 'Jatka', exact: true }).click()
    await computer.getByRole('button', { name: 'Merkitse luetuksi ja jatka' }).waitFor()
    holds((await textOf(computer.locator('.prose'))).length > 1000, 'the lesson has a text')
  })
  await kit.check(computer, 'lesson')

  await kit.step('the place in a lesson is found again on another device', async () => {
    await computer.mouse.wheel(0, 1500)
    await computer.waitForFunction(() => window.scrollY > 1000)
    // The page hears of it with the next frame.
    await computer.evaluate(
      () => new Promise((heard) => requestAnimationFrame(() => requestAnimationFrame(heard))),
    )
    const lesson = new URL(computer.url()).pathname
    // Back, and not by the menu: on the way up to it the place would go along.
    await computer.goBack()
    // It goes on leaving, or went before: the page tells its place every ten seconds too.
    await eventually(
      'the place',
      async () => {
        const answer = await computer.request.get(`/api${lesson}`)
        return ((await answer.json()) as { place?: { position: number } }).place?.position ?? 0
      },
      (position) => position > 0,
    )
    const tablet = await kit.signIn('aino')
    await tablet.getByRole('link', { name: 'Jatka', exact: true }).click()
    await tablet.getByRole('button', { name: 'Merkitse luetuksi ja jatka' }).waitFor()
    await tablet.waitForFunction(() => window.scrollY > 500)
    await tablet.context().close()
    await computer.getByRole('link', { name: 'Jatka', exact: true }).click()
    await computer.getByRole('button', { name: 'Merkitse luetuksi ja jatka' }).waitFor()
  })

  await kit.step('reading the lessons to the end moves the bar', async () => {
    const read = computer.getByRole('button', { name: /^Merkitse (luetuksi|tehdyksi) ja jatka$/ })
    const quiz = computer.getByRole('button', { name: 'Aloita testi' })
    for (;;) {
      await read.or(quiz).waitFor()
      if (await quiz.isVisible()) break
      const title = await textOf(computer.getByRole('heading', { level: 1 }))
      await read.click()
      await computer
        .getByRole('heading', { level: 1, name: title, exact: true })
        .waitFor({ state: 'detached' })
    }
    await eventually(
      'the percent',
      () => percentOf(computer),
      (percent) => percent > before,
    )
  })
  await kit.check(computer, 'quiz before its start')

  await kit.step('a quiz that draws its questions is started', async () => {
    await computer.getByText('8 kysymystä, jotka arvotaan 16 kysymyksen joukosta.').waitFor()
    await computer.getByRole('button', { name: 'Aloita testi' }).click()
    await computer.getByRole('button', { name: 'Tarkista vastaukset' }).waitFor()
  })
  await kit.check(computer, 'quiz')

  await kit.step('answers given on the computer are there on the phone, at the same place', async () => {
    const [one = 1, other = 2] = await choices(computer)
    const open = [1, 2, 3].find((question) => question !== one && question !== other)
    await tick(choice(computer, one, 1))
    await tick(choice(computer, other, 2))
    await computer.getByText('Luonnos tallennettu').waitFor()
    await computer.context().close()
    const phone = await kit.signIn('aino')
    await phone.setViewportSize({ width: 390, height: 800 })
    await phone.getByRole('link', { name: 'Jatka', exact: true }).click()
    await phone.getByRole('button', { name: 'Tarkista vastaukset' }).waitFor()
    await eventually('one answer', () => choice(phone, one, 1).isChecked(), true)
    await eventually('the other answer', () => choice(phone, other, 2).isChecked(), true)
    await phone.waitForFunction((question) => {
      const at = document.querySelectorAll('.question')[question - 1]?.getBoundingClientRect()
      return at !== undefined && at.top < window.innerHeight && at.bottom > 0
    }, open ?? 3)
  })

  const phone = await kit.signIn('aino')
  await kit.step('a quiz with questions left open names them', async () => {
    await phone.goto(`${COURSE}/activities/m1-quiz`)
    await phone.getByRole('button', { name: 'Tarkista vastaukset' }).click()
    await phone.getByText(/Vastaa vielä kysymyksiin \d, \d/).waitFor()
  })

  await kit.step('a wrong attempt gets feedback for each answer', async () => {
    await answerAll(phone)
    await phone.getByRole('button', { name: 'Tarkista vastaukset' }).click()
    await phone.getByRole('heading', { name: /^Sait \d+\/\d+ pistettä$/ }).waitFor()
    await phone.getByText('Ei vielä oikein').first().waitFor()
    await phone.locator('.option-feedback').first().waitFor()
  })
  await kit.check(phone, 'quiz result')

  await kit.step('trying again with what was learnt passes, and the bar moves', async () => {
    const right: Right = new Map()
    const percent = await percentOf(phone)
    const passed = phone.getByText('Läpäisit testin.')
    // An attempt may draw questions that were not seen before.
    for (let attempt = 0; attempt < 12 && (await passed.count()) === 0; attempt++) {
      await learn(phone, right)
      await phone.getByRole('button', { name: 'Yritä uudelleen' }).first().click()
      await answerAll(phone, right)
      await phone.getByRole('button', { name: 'Tarkista vastaukset' }).click()
      await phone.getByRole('heading', { name: /^Sait \d+\/\d+ pistettä$/ }).waitFor()
    }
    await passed.waitFor()
    await phone.goto('/learning')
    await phone.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await eventually(
      'the percent',
      () => percentOf(phone),
      (now) => now > percent,
    )
  })

  await task(kit, phone)
}

async function task(kit: Kit, phone: Page): Promise<void> {
  const answer = phone.getByRole('textbox', { name: 'Vastauksesi' })

  await kit.step('a task is saved while it is written and survives a reload', async () => {
    await phone.getByRole('link', { name: 'Jatka', exact: true }).click()
    await answer.fill('Aloitin kuuntelemalla.')
    await phone.getByText('Luonnos tallennettu').waitFor()
    await phone.reload()
    await eventually('draft', () => answer.inputValue(), 'Aloitin kuuntelemalla.')
  })
  await kit.check(phone, 'task')

  await kit.step('a personal identity code is refused with the reason, and nothing is lost', async () => {
    await answer.fill('Asiakkaan tunnus on 131052-308T.')
    await phone.getByText(/Tekstissä on henkilötunnus/).waitFor()
    await eventually('text', () => answer.inputValue(), 'Asiakkaan tunnus on 131052-308T.')
    await answer.fill('Aloitin kuuntelemalla.')
    await phone.getByText(/Tekstissä on henkilötunnus/).waitFor({ state: 'detached' })
  })

  await kit.step('two devices with different texts: both are shown, one is chosen', async () => {
    const computer = await kit.signIn('aino')
    await computer.goto(`${COURSE}/activities/m1-case`)
    const elsewhere = computer.getByRole('textbox', { name: 'Vastauksesi' })
    await elsewhere.fill('Kirjoitettu koneella.')
    await computer.getByText('Luonnos tallennettu').waitFor()
    await answer.fill('Kirjoitettu puhelimella.')
    await phone.getByText('Olet kirjoittanut tähän toisaalla').waitFor()
    await phone
      .getByRole('region', { name: 'Toisaalla tallennettu teksti' })
      .getByText('Kirjoitettu koneella.')
      .waitFor()
    await kit.check(phone, 'two drafts')
    await phone.getByRole('button', { name: 'Pidä tämän sivun teksti' }).click()
    await phone.getByText('Luonnos tallennettu').waitFor()
    await computer.reload()
    await eventually('text on the computer', () => elsewhere.inputValue(), 'Kirjoitettu puhelimella.')
  })

  await kit.step(
    'a network that drops in mid-answer loses nothing and saves by itself afterwards',
    async () => {
      await phone.context().setOffline(true)
      await answer.fill('Kirjoitettu tunnelissa.')
      await phone.getByText(/ei vielä palvelussa/).waitFor()
      await phone.context().setOffline(false)
      await phone.getByText('Luonnos tallennettu').waitFor()
    },
  )

  await kit.step('a session that ends in mid-answer: sign in again, and the text is there', async () => {
    const computer = await kit.signIn('aino')
    await quiet(phone)
    await computer.getByRole('button', { name: 'Aino Lahti' }).click()
    await computer.getByRole('button', { name: 'Kirjaudu ulos kaikilta laitteilta' }).click()
    await computer.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
    await answer.fill('Kirjoitettu, kun istunto oli jo päättynyt.')
    await phone.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
    await kit.fillSignIn(phone, 'aino')
    await answer.waitFor()
    await eventually('text', () => answer.inputValue(), 'Kirjoitettu, kun istunto oli jo päättynyt.')
    await phone.getByText('Luonnos tallennettu').waitFor()
  })

  await kit.step('the task is handed in, and stays to be read', async () => {
    await answer.fill('Aloitin kuuntelemalla. Sitten sovimme seuraavasta askeleesta.')
    await phone.getByRole('button', { name: 'Palauta tehtävä' }).click()
    await phone.getByText(/^Palautettu \d/).waitFor()
    await phone.getByText('Sitten sovimme seuraavasta askeleesta.').waitFor()
  })
  await kit.check(phone, 'task handed in')

  await kit.step('and can be added to, and handed in again', async () => {
    await phone.getByRole('button', { name: 'Täydennä vastausta' }).click()
    const text = await eventually(
      'text to add to',
      () => answer.inputValue(),
      'Aloitin kuuntelemalla. Sitten sovimme seuraavasta askeleesta.',
    )
    await answer.fill(`${text} Tapaamme uudelleen kuukauden päästä.`)
    await phone.getByRole('button', { name: 'Palauta tehtävä' }).click()
    await phone.getByText('Tapaamme uudelleen kuukauden päästä.').waitFor()
    await phone.getByText(/^Palautettu \d/).waitFor()
  })

  await kit.step('the course is read in Swedish and English too', async () => {
    await phone.goto(`${COURSE}/activities/m1-house`)
    await phone.getByRole('button', { name: 'Svenska' }).click()
    await phone.locator('.prose[lang=sv]').waitFor()
    await phone.getByRole('button', { name: 'English' }).click()
    await phone.locator('.prose[lang=en]').waitFor()
    await phone.getByRole('button', { name: 'Suomi' }).click()
    await phone.locator('.prose[lang=fi]').waitFor()
  })
}

async function percentOf(page: Page): Promise<number> {
  const bar = page.getByRole('progressbar', { name: /[Ee]distyminen/ }).first()
  await bar.waitFor()
  return Number(await bar.getAttribute('value'))
}

/** The right answers that were learnt, by question: the texts of the options, or the text to write. */
type Right = Map<string, string[]>

/** The nth choice, from 0, of a question. */
function choice(page: Page, question: number, nth: number): Locator {
  return page
    .getByRole('group', { name: new RegExp(`Kysymys ${question}/`) })
    .getByRole('radio')
    .nth(nth)
}

/** The questions, from 1, that have one right choice. */
async function choices(page: Page): Promise<number[]> {
  const groups = await page.locator('fieldset.question-group').all()
  const radios = await Promise.all(groups.map((group) => group.getByRole('radio').count()))
  return radios.flatMap((count, at) => (count > 2 ? [at + 1] : []))
}

/** Answers every question: as learnt, or with the first choice. */
async function answerAll(page: Page, right: Right = new Map()): Promise<void> {
  await page.getByRole('button', { name: 'Tarkista vastaukset' }).waitFor()
  for (const group of await page.locator('fieldset.question-group').all()) {
    const learnt = right.get(await textOf(group.locator('.question-text')))
    if ((await group.getByRole('textbox').count()) > 0) {
      const number = (await group.getByRole('textbox').getAttribute('inputmode')) === 'decimal'
      await group.getByRole('textbox').fill(learnt?.[0] ?? (number ? '1000' : 'jotain aivan muuta'))
      continue
    }
    const role = (await group.getByRole('radio').count()) > 0 ? 'radio' : 'checkbox'
    const all = await group.getByRole(role).all()
    for (const [nth, one] of all.entries()) {
      const name = (await textOf(group.locator('label').nth(nth))).trim()
      const wanted = learnt ? learnt.includes(name) : nth === 0
      if (wanted) await tick(one)
      else if (role === 'checkbox') await untick(one)
    }
  }
}

/** Adds what the feedback of an attempt tells: the options it marks as right, or the word that the feedback of a text begins with. */
async function learn(page: Page, right: Right): Promise<void> {
  for (const question of await page.locator('.question').all()) {
    const options = question.locator('.option-result')
    right.set(
      await textOf(question.locator('.question-text')),
      (await options.count()) > 0
        ? (
            await options
              .filter({ hasText: 'Oikea vastaus' })
              .locator('.option-result-text')
              .allTextContents()
          ).map((text) => text.trim())
        : [(await textOf(question.locator('.option-feedback'))).split('.')[0]?.trim() ?? ''],
    )
  }
}
