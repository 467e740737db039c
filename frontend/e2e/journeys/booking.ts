import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, quiet, same, settled, textOf, tick } from '../kit'

/** A coordinator on the phone: times for four, a tap that keeps one, and everything that becomes of it. */
export async function booking(kit: Kit): Promise<void> {
  const ville = await kit.signIn('ville')
  const aino = await kit.signIn('aino')
  const doctor = await kit.signIn('mikko')

  await kit.step('times of any doctor of the unit come first, each with its doctor', async () => {
    await ville.goto('/appointments/new')
    await ville.getByRole('heading', { level: 1, name: 'Varaa yhteisvastaanotto' }).waitFor()
    await ville
      .getByRole('button', { name: /kaikki vapaina Mikko Saarinen/ })
      .first()
      .waitFor()
    await ville
      .getByRole('button', { name: /kaikki vapaina Sofia Lindholm/ })
      .first()
      .waitFor()
  })

  await kit.step(
    'an interpreter, any of three, and a room come along, and one comes if she can',
    async () => {
      await chooseDoctor(ville, 'Mikko Saarinen')
      await add(ville, 'Tulkki', ['Igor Petrov', 'Layla Nur', 'Mervi Lehto'])
      await ville.getByText('Joku näistä: Igor Petrov, Layla Nur, Mervi Lehto').waitFor()
      await ville.getByRole('button', { name: 'Lisää osallistuja' }).click()
      await tick(ville.getByRole('radio', { name: 'Huone' }))
      await kit.check(ville, 'who comes along')
      await tick(ville.getByRole('dialog').getByRole('checkbox').first())
      await ville.getByRole('dialog').getByRole('button', { name: 'Lisää', exact: true }).click()
      await add(ville, 'Ammattilainen', ['Outi Kallio'])
      await seat(ville, 'Outi Kallio').getByRole('button', { name: 'Välttämätön' }).click()
      await seat(ville, 'Outi Kallio').getByRole('button', { name: 'Tulee, jos pääsee' }).waitFor()
    },
  )

  await kit.step('and somebody without an account, who does not stand in the address', async () => {
    await ville.getByRole('button', { name: 'Lisää osallistuja' }).click()
    await tick(ville.getByRole('radio', { name: 'Sähköpostilla kutsuttava' }))
    await ville.getByRole('dialog').getByRole('button', { name: 'Lisää', exact: true }).click()
    await ville.getByText('Täytä tämä kohta.').waitFor()
    await ville.getByRole('textbox', { name: 'Nimi' }).fill('Kirsi Kelasta')
    await ville.getByRole('textbox', { name: 'Sähköposti' }).fill('kirsi@kela.example')
    await ville.getByRole('dialog').getByRole('button', { name: 'Lisää', exact: true }).click()
    await seat(ville, 'Kirsi Kelasta').waitFor()
    holds(!ville.url().includes('irsi'), 'a name in the address')
  })

  await kit.step(
    'half days that the client cannot come are crossed out, and no time is on them',
    async () => {
      await ville.getByRole('button', { name: 'tiistai, iltapäivä' }).click()
      await ville.waitForURL(/never=2/)
      await eventually(
        'times off Tuesdays',
        async () => (await settledTimes(ville)).filter((time) => time.startsWith('Varaa tiistai')).length,
        0,
      )
      await ville.getByText(/päivää? ilman sopivaa aikaa/).click()
      await ville
        .getByText(/^ti \d+\.\d+\.: .*asiakas ei pääse \d+/)
        .first()
        .waitFor()
    },
  )
  await kit.check(ville, 'joint times of many')

  await kit.step('the wish stands in the address and survives a reload', async () => {
    await ville.reload()
    await seat(ville, 'Joku näistä').waitFor()
    await seat(ville, 'Outi Kallio').getByRole('button', { name: 'Tulee, jos pääsee' }).waitFor()
    await eventually(
      'the crossed half',
      () => ville.getByRole('button', { name: 'tiistai, iltapäivä' }).getAttribute('aria-pressed'),
      'true',
    )
  })

  const kept = await kit.step('a tap keeps the time, with the time left in sight', async () => {
    const time = (await settledTimes(ville)).at(-1) ?? ''
    await tap(ville, time)
    await sheet(ville).waitFor()
    const left = await textOf(ville.getByRole('timer'))
    holds(/^(10:0\d|9:\d\d)$/.test(left), left)
    return time
  })

  await kit.step('another tap changes it for another time: only one stays kept', async () => {
    const other = (await settledTimes(ville))[0] ?? ''
    await tap(ville, other)
    await sheet(ville).locator('.sheet-when').getByText(clockOf(other)).waitFor()
    await tap(ville, kept)
    await sheet(ville).locator('.sheet-when').getByText(clockOf(kept)).waitFor()
    await ville.goto('/appointments')
    await ville.getByRole('heading', { name: 'Sinulla on varattuna aika' }).waitFor()
    same(await ville.getByRole('link', { name: /^Jatka: / }).count(), 1, 'kept times')
  })
  await kit.check(ville, 'list with a kept time')

  await kit.step('nobody else is offered it meanwhile', async () => {
    await aino.goto('/appointments/new')
    await chooseDoctor(aino, 'Mikko Saarinen')
    holds(!(await settledTimes(aino)).some((time) => sameTime(time, kept)), 'a kept time is offered')
  })

  await kit.step('going on, it is kept ten minutes longer, once', async () => {
    await ville.getByRole('link', { name: /^Jatka: / }).click()
    await sheet(ville).waitFor()
    await ville.getByRole('button', { name: 'Jatka 10 min' }).click()
    await ville.getByText('Jatkettu jo kerran').waitFor()
    await eventually(
      'twenty minutes',
      () => textOf(ville.getByRole('timer')),
      (text) => /^(20:00|1\d:\d\d)$/.test(text),
    )
  })

  await kit.step('confirmed, it has a message for the client to copy', async () => {
    await ville.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await ville.getByRole('button', { name: 'Vahvista' }).click()
    await ville.getByRole('heading', { level: 1, name: 'Aika on varattu' }).waitFor()
    await ville.getByRole('button', { name: 'Kopioi viesti asiakkaalle' }).click()
    await ville.getByText('Viesti on kopioitu.').waitFor()
    const copied = await ville.evaluate(() => navigator.clipboard.readText())
    holds(copied.includes(`klo ${clockOf(kept)}`) && copied.includes('Keskustan terveyskeskus'), copied)
    await tick(ville.getByRole('radio', { name: 'Svenska' }))
    await ville
      .locator('.message')
      .getByText(`kl. ${clockOf(kept)}`)
      .waitFor()
  })
  await kit.check(ville, 'message for the client')

  await kit.step('its page says who comes and what each has said', async () => {
    await ville.getByRole('link', { name: 'Avaa yhteisvastaanotto' }).click()
    await ville.getByRole('heading', { level: 1, name: 'Yhteisvastaanotto' }).waitFor()
    await participant(ville, 'Igor Petrov').getByText('Ei ole vastannut').waitFor()
    await participant(ville, 'Mikko Saarinen').getByText('Tulee').waitFor()
  })

  await kit.step('one’s own answer is a tap', async () => {
    await ville.getByRole('button', { name: 'Ehkä' }).click()
    await ville.getByText('Vastauksesi on tallennettu.').waitFor()
    await participant(ville, 'Ville Koskinen').getByText('Tulee ehkä').waitFor()
  })
  await kit.check(ville, 'appointment of many')

  await kit.step('moved to a time that somebody takes first, it stays where it is', async () => {
    const old = await textOf(ville.locator('.lead'))
    await ville.getByRole('link', { name: 'Siirrä' }).click()
    await ville.getByRole('heading', { level: 1, name: 'Siirrä toiseen aikaan' }).waitFor()
    const times = await settledTimes(ville)
    const target = times.find((time) => !sameTime(time, kept)) ?? ''
    await tap(ville, target)
    const dialog = ville.getByRole('dialog', { name: 'Siirretäänkö tähän aikaan?' })
    await dialog.waitFor()
    await kit.check(ville, 'move dialog')
    await aino.goto('/appointments/new')
    await chooseDoctor(aino, 'Mikko Saarinen')
    await tap(aino, (await settledTimes(aino)).find((time) => sameTime(time, target)) ?? '')
    await sheet(aino).waitFor()
    await dialog.getByRole('button', { name: 'Siirrä' }).click()
    await ville.getByText('Vanha aika on tallella.').waitFor()
    await ville.getByText('Tähän aikaan on jo varattu: Mikko Saarinen.').waitFor()
    await kit.check(ville, 'move refused')
    await ville.getByRole('button', { name: 'Katso muita aikoja' }).click()
    await ville.getByRole('link', { name: 'Yhteisvastaanotto', exact: true }).click()
    same(await textOf(ville.locator('.lead')), old, 'the time')
  })

  await kit.step('let go, the other’s kept time is free again', async () => {
    await aino.getByRole('button', { name: 'Vapauta' }).click()
    await sheet(aino).waitFor({ state: 'detached' })
  })

  await kit.step('moved to a free time, it tells where it was', async () => {
    await ville.getByRole('link', { name: 'Siirrä' }).click()
    const target = (await settledTimes(ville)).find((time) => !sameTime(time, kept)) ?? ''
    await tap(ville, target)
    await ville.getByRole('dialog').getByRole('button', { name: 'Siirrä' }).click()
    await ville.getByRole('heading', { name: 'Siirrot' }).waitFor()
    await ville.locator('.lead').getByText(clockOf(target)).waitFor()
    await ville.getByText(/Ville Koskinen siirsi ajasta/).waitFor()
  })

  await kit.step('a kept time that runs out says so, and is kept again with a tap', async () => {
    await aino.clock.install()
    await aino.goto('/appointments/new')
    await chooseDoctor(aino, 'Mikko Saarinen')
    await tap(aino, (await settledTimes(aino)).at(-1) ?? '')
    await sheet(aino).waitFor()
    const told = aino.getByRole('region', { name: 'Varattu sinulle' }).getByRole('status')
    await told.getByText('Vahvista kymmenen minuutin kuluessa.').waitFor()
    // Any answer would tell the page the server's time, which stands still meanwhile.
    await quiet(aino)
    await aino.route('**/api/notices/count', (route) => route.abort())
    await aino.clock.fastForward('05:01')
    await told.getByText('Aikaa vahvistaa viisi minuuttia.').waitFor()
    await aino.clock.fastForward('04:02')
    await told.getByText('Aikaa vahvistaa minuutti.').waitFor()
    await aino.clock.fastForward('01:00')
    await aino.getByRole('heading', { name: 'Varaus raukesi' }).waitFor()
    await kit.check(aino, 'kept time ran out')
    await aino.getByRole('button', { name: 'Varaa uudelleen' }).click()
    await sheet(aino).waitFor()
    await aino.unroute('**/api/notices/count')
    await aino.getByRole('button', { name: 'Vapauta' }).click()
    await sheet(aino).waitFor({ state: 'detached' })
  })

  await kit.step('a lost network doubles nothing', async () => {
    const page = await kit.signIn('ville')
    await page.goto('/appointments/new')
    await chooseDoctor(page, 'Mikko Saarinen')
    const time = (await settledTimes(page)).at(-1) ?? ''
    let lost = 0
    await page.route('**/api/holds', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue()
      lost += 1
      // The server has done it; only its answer is lost.
      await route.fetch()
      return route.abort()
    })
    await tap(page, time)
    await sheet(page).waitFor()
    same(lost, 1, 'answers lost')
    const kept = (await ask(page, 'GET', '/api/holds')) as { appointments: unknown[] }
    same(kept.appointments.length, 1, 'kept times')
    await page.getByRole('button', { name: 'Vapauta' }).click()
    await sheet(page).waitFor({ state: 'detached' })
  })

  await kit.step('a doctor who wants to be asked is asked, and proposes another time', async () => {
    const me = (await ask(doctor, 'GET', '/api/me')) as { id: string }
    await ask(doctor, 'PUT', `/api/people/${me.id}/settings`, { ...NO_SETTINGS, ask: true })
    await ville.goto('/appointments/new')
    await chooseDoctor(ville, 'Mikko Saarinen')
    const times = await settledTimes(ville)
    await tap(ville, times.at(-1) ?? '')
    await ville.getByRole('button', { name: 'Vahvista' }).click()
    await ville.getByRole('heading', { level: 1, name: 'Aika on kysytty lääkäriltä' }).waitFor()
    await kit.check(ville, 'doctor asked')
    const appointment = /appointments\/([^/]+)\//.exec(ville.url())?.[1] ?? ''
    const asked = (await ask(doctor, 'GET', `/api/appointments/${appointment}`)) as { start: string }
    const day = new Date(asked.start)
    const from = new Date(day.getTime() - 7 * 86_400_000).toISOString().slice(0, 10)
    const found = (await ask(
      doctor,
      'GET',
      `/api/appointments/${appointment}/times?from=${from}&to=${asked.start.slice(0, 10)}`,
    )) as { days: { times: { start: string }[] }[] }
    const proposed = found.days
      .flatMap((one) => one.times.map((time) => time.start))
      .find((start) => start !== asked.start)
    await ask(doctor, 'POST', `/api/appointments/${appointment}/answer`, {
      answer: 'declined',
      reason: 'no_time',
      proposed: [proposed],
    })
    await ask(doctor, 'PUT', `/api/people/${me.id}/settings`, NO_SETTINGS)
  })

  await kit.step('one tap takes the proposed time', async () => {
    await ville.getByRole('link', { name: 'Yhteisvastaanotot', exact: true }).click()
    await ville.getByRole('heading', { name: 'Lääkäri ehdotti muuta aikaa' }).waitFor()
    await kit.check(ville, 'list with proposals')
    await ville
      .getByRole('region', { name: 'Lääkäri ehdotti muuta aikaa' })
      .getByRole('link', { name: /Mikko Saarinen/ })
      .click()
    await ville.getByRole('heading', { name: 'Lääkäri ehdottaa näitä aikoja' }).waitFor()
    await kit.check(ville, 'declined with proposals')
    await ville
      .getByRole('region', { name: 'Lääkäri ehdottaa näitä aikoja' })
      .getByRole('button')
      .first()
      .click()
    await ville.getByRole('heading', { level: 1, name: 'Aika on varattu' }).waitFor()
    await ville.getByRole('link', { name: 'Yhteisvastaanotot', exact: true }).click()
    await ville.getByRole('heading', { name: 'Tulevat' }).waitFor()
    await settled(ville)
    same(await ville.getByText('Lääkäri ehdotti muuta aikaa').count(), 0, 'proposals left')
  })

  await kit.step('when nothing suits, the page says why', async () => {
    await ville.goto('/appointments/new')
    await chooseDoctor(ville, 'Mikko Saarinen')
    for (const half of ['tiistai, iltapäivä', 'torstai, aamupäivä', 'perjantai, iltapäivä']) {
      await ville.getByRole('button', { name: half }).click()
    }
    await ville.getByText('Tältä väliltä ei löydy aikaa, joka sopii kaikille.').waitFor()
    await ville.getByText(/Esteenä oli: .*asiakas ei pääse \d+/).waitFor()
  })
  await kit.check(ville, 'no joint times')
}

const NO_SETTINGS = {
  before: 0,
  after: 0,
  notice: 0,
  horizon: 0,
  dayLimit: 0,
  monthLimit: 0,
  returnDays: 0,
  ask: false,
}

function sheet(page: Page) {
  return page.getByRole('region', { name: 'Varattu sinulle' })
}

function seat(page: Page, name: string) {
  return page.locator('.seat').filter({ hasText: name })
}

function participant(page: Page, name: string) {
  return page.locator('.participant').filter({ hasText: name })
}

async function chooseDoctor(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /Lääkäri/ }).click()
  await page.getByRole('option', { name }).click()
  await page.waitForURL(/doctor=/)
}

async function add(page: Page, kind: string, names: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Lisää osallistuja' }).click()
  await tick(page.getByRole('radio', { name: kind }))
  for (const name of names) await tick(page.getByRole('checkbox', { name: new RegExp(name) }))
  await page.getByRole('dialog').getByRole('button', { name: 'Lisää', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** All times of the list, once those asked for have come: none twice, in order. */
async function settledTimes(page: Page): Promise<string[]> {
  await settled(page)
  await page.locator('.times-day').first().waitFor()
  await page.locator('.times-stale').waitFor({ state: 'detached' })
  const more = page.getByRole('button', { name: 'Näytä lisää päiviä' })
  while ((await more.count()) > 0) await more.click()
  return page
    .locator('.times-day')
    .getByRole('button', { name: /^Varaa .* klo/ })
    .evaluateAll((buttons) => buttons.map((button) => (button.textContent ?? '').replace(/\s+/g, ' ').trim()))
}

async function tap(page: Page, time: string): Promise<void> {
  await page.locator('.times-day').getByRole('button', { name: time, exact: true }).click()
}

/** "Varaa tiistai 24. marraskuuta klo 9.15 kaikki vapaina": the hour alone. */
function clockOf(time: string): string {
  return /klo (\d+\.\d\d)/.exec(time)?.[1] ?? 'no time'
}

function sameTime(one: string, other: string): boolean {
  return one.split(' kaikki ')[0] === other.split(' kaikki ')[0]
}

/** What the page itself could ask: what others' pages do is not walked here. */
async function ask(page: Page, method: string, path: string, body?: unknown): Promise<unknown> {
  return page.evaluate(
    async ([how, where, what]) => {
      const answer = await fetch(where ?? '', {
        method: how,
        headers: { 'Luotsi-Request': '1', 'Content-Type': 'application/json' },
        ...(what && { body: what }),
      })
      if (!answer.ok) throw new Error(`${how} ${where}: ${answer.status} ${await answer.text()}`)
      return answer.status === 204 ? undefined : answer.json()
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  )
}
