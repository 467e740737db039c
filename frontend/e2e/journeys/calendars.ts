import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, tick } from '../kit'

type Slot = { start: string; end: string }
type Times = { days: { date: string; times: Slot[] }[] }
type Doctors = { doctors: { person: string; name: string; unit: string }[] }

/** A doctor takes an Outlook calendar along, and gets an own feed. */
export async function calendars(kit: Kit): Promise<void> {
  const doctor = await kit.signIn('mikko')
  const ville = await kit.signIn('ville')
  const busy = await kit.step('a coordinator is offered a time', async () => {
    const times = await offered(ville)
    // Never of the first day: it may be today, and over before the end of the journey.
    const first = times[0]?.start.slice(0, 10)
    const slot = times.find((time) => time.start.slice(0, 10) !== first)
    if (!slot) throw new Error('no time is offered')
    return slot
  })

  await kit.step('a doctor finds other calendars below the hours', async () => {
    await doctor.getByRole('link', { name: 'Vastaanottoajat', exact: true }).click()
    await doctor.getByRole('heading', { level: 2, name: 'Muut kalenterit' }).waitFor()
    await doctor.getByText('Muita kalentereita ei ole').waitFor()
  })

  await kit.step(
    'an address that is not secure, or leads into a private network, is refused in words',
    async () => {
      await doctor.getByRole('button', { name: 'Lisää kalenteri' }).click()
      const address = doctor.getByRole('textbox', { name: /Kalenterin osoite/ })
      await address.fill('http://outlook.example/kalenteri.ics')
      await doctor.getByRole('button', { name: 'Ota kalenteri mukaan' }).click()
      await doctor.getByText(/Osoitteen on alettava/).waitFor()
      await kit.check(doctor, 'a wrong address')
      await address.fill('https://127.0.0.1/kalenteri.ics')
      await doctor.getByRole('button', { name: 'Ota kalenteri mukaan' }).click()
      await doctor.getByText(/Osoite johtaa sisäverkkoon/).waitFor()
    },
  )

  await kit.step('an Outlook file is taken along, and what it does not say clearly is listed', async () => {
    await tick(doctor.getByRole('radio', { name: 'Tiedostosta' }))
    await doctor.getByLabel('Kalenteritiedosto').setInputFiles({
      name: 'Kalenteri.ics',
      mimeType: 'text/calendar',
      buffer: Buffer.from(outlook(busy)),
    })
    await doctor.getByRole('button', { name: 'Ota kalenteri mukaan' }).click()
    await doctor.getByRole('article', { name: /^Tiedosto/ }).waitFor()
    await doctor.getByText('Yksi kohta jäi ymmärtämättä').click()
    await doctor.getByText(/aikavyöhykettä ”Kartanon aika” ei tunneta/).waitFor()
    await kit.check(doctor, 'other calendars')
  })

  await kit.step('what is busy there is not offered any more, and nothing says what it is', async () => {
    await eventually('the time is gone', async () => has(await offered(ville), busy), false)
    const seen = await doctor.evaluate(() => document.body.textContent ?? '')
    holds(!seen.includes('Salainen'), 'the name of an event is on the page')
  })

  await kit.step('left out again after a question, its times are offered again', async () => {
    await doctor.getByRole('button', { name: /^Poista Tiedosto/ }).click()
    const dialog = doctor.getByRole('dialog', { name: /^Poistetaanko Tiedosto/ })
    await kit.check(doctor, 'removing a calendar')
    await dialog.getByRole('button', { name: 'Poista', exact: true }).click()
    await doctor.getByText('Muita kalentereita ei ole').waitFor()
    await eventually('the time is back', async () => has(await offered(ville), busy), true)
  })

  await kit.step('an own feed is made, and stops when it is given up', async () => {
    await doctor.getByRole('button', { name: 'Luo kalenteriosoite' }).click()
    const field = doctor.getByRole('textbox', { name: 'Kalenteriosoite' })
    await field.waitFor()
    const address = await field.inputValue()
    await kit.check(doctor, 'own feed')
    const feed = await read(ville, address)
    holds(feed.status === 200 && feed.text.includes('METHOD:PUBLISH'), 'the address gives a calendar')
    await doctor.getByRole('button', { name: 'Uusi osoite' }).click()
    await doctor.getByRole('dialog').getByRole('button', { name: 'Uusi osoite' }).click()
    await eventually('another address', async () => (await field.inputValue()) !== address, true)
    holds((await read(ville, address)).status === 404, 'the address before stopped')
    const now = await field.inputValue()
    await doctor.getByRole('button', { name: 'Poista osoite käytöstä' }).click()
    await doctor.getByRole('dialog').getByRole('button', { name: 'Poista osoite käytöstä' }).click()
    await doctor.getByRole('button', { name: 'Luo kalenteriosoite' }).waitFor()
    holds((await read(ville, now)).status === 404, 'the feed that was given up stopped')
  })

  await kit.step('a scheduler sees the doctor’s calendars too', async () => {
    const scheduler = await kit.signIn('sanna')
    await scheduler.getByRole('link', { name: /Mikko Saarinen/ }).click()
    await scheduler.getByRole('heading', { level: 2, name: 'Muut kalenterit' }).waitFor()
    await scheduler.getByText('Muita kalentereita ei ole').waitFor()
    holds(
      (await scheduler
        .getByRole('heading', { level: 2, name: 'Yhteisvastaanotot omaan kalenteriin' })
        .count()) === 0,
      'the feed is the doctor’s own',
    )
  })
}

/** The times that Mikko Saarinen and the coordinator have in common in the next four weeks. */
async function offered(page: Page): Promise<Slot[]> {
  const { doctors } = await json<Doctors>(page, '/api/doctors')
  const doctor = doctors.find((some) => some.name === 'Mikko Saarinen')
  if (!doctor) throw new Error('there is no Mikko Saarinen')
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const times = await json<Times>(
    page,
    `/api/joint-times?doctor=${doctor.person}&unit=${doctor.unit}&from=${day(1)}&to=${day(28)}`,
  )
  return times.days.flatMap((some) => some.times)
}

const has = (times: Slot[], slot: Slot) => times.some((time) => time.start === slot.start)

async function json<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (address) => (await fetch(address)).json(), path)
}

/** What somebody without a session gets from an address: its host is the one that people type, so the path is what counts. */
async function read(page: Page, address: string): Promise<{ status: number; text: string }> {
  return page.evaluate(async (path) => {
    const answer = await fetch(path, { credentials: 'omit' })
    return { status: answer.status, text: await answer.text() }
  }, new URL(address).pathname)
}

/** A calendar as Outlook writes it: one busy event at that time, on the Finnish clock, and one in a zone of its own. */
function outlook(slot: Slot): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en', {
      timeZone: 'Europe/Helsinki',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(slot.start))
      .map((part) => [part.type, part.value]),
  )
  const start = `${parts.year}${parts.month}${parts.day}T${parts.hour}${parts.minute}00`
  return [
    'BEGIN:VCALENDAR',
    'METHOD:PUBLISH',
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'SUMMARY:Salainen kokous',
    `DTSTART;TZID=FLE Standard Time:${start}`,
    'DURATION:PT30M',
    'UID:040000008200E00074C5B7101A82E0080000000001',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'SUMMARY:Salainen matka',
    `DTSTART;TZID=Kartanon aika:${start}`,
    'DURATION:PT1H',
    'UID:040000008200E00074C5B7101A82E0080000000002',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}
