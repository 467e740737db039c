import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import type { Calendars, OtherCalendar } from './api'
import { CalendarsSection } from './CalendarsSection'
import { FeedSection } from './FeedSection'

const outlook: OtherCalendar = {
  id: 'c1',
  source: 'address',
  host: 'outlook.example',
  addedAt: '2026-11-20T08:00:00Z',
  readAt: '2026-11-21T07:00:00Z',
  until: '2027-03-19',
  stale: false,
  problems: 0,
}

const list = (...calendars: OtherCalendar[]): Calendars => ({ calendars, most: 5 })

const refused = (code: string, status = 409) => ({ status, body: { status, code } })

test('without calendars one is told what they are good for, and a file is taken along', async () => {
  const asked = serve(({ method }) =>
    method === 'GET'
      ? { body: list() }
      : { status: 201, body: list({ ...outlook, source: 'file', host: undefined }) },
  )
  const user = userEvent.setup({ applyAccept: false })
  await show(<CalendarsSection person="me" own />, personWith('doctor'))
  await screen.findByText('Muita kalentereita ei ole')
  await user.click(screen.getByRole('button', { name: 'Lisää kalenteri' }))
  await user.click(screen.getByRole('radio', { name: 'Tiedostosta' }))
  await user.click(screen.getByRole('button', { name: 'Ota kalenteri mukaan' }))
  expect(screen.getByRole('alert').textContent).toBe('Täytä tämä kohta.')
  const file = new File(['x'], 'oma.ics', { type: 'text/calendar' })
  // jsdom has no reading of files.
  Object.defineProperty(file, 'text', { value: async () => 'BEGIN:VCALENDAR\nEND:VCALENDAR\n' })
  await user.upload(screen.getByLabelText('Kalenteritiedosto'), file)
  await vi.waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Ota kalenteri mukaan' }))
  await screen.findByRole('article', { name: /^Tiedosto 20\.11\.2026 klo\s10\.00$/ })
  expect(asked.at(-1)).toMatchObject({
    method: 'POST',
    path: '/api/people/me/calendars/file',
    body: { file: 'BEGIN:VCALENDAR\nEND:VCALENDAR\n' },
  })
})

test('a file of more than 5 MB is not sent at all', async () => {
  const asked = serve(() => ({ body: list() }))
  const user = userEvent.setup({ applyAccept: false })
  await show(<CalendarsSection person="me" own />, personWith('doctor'))
  await user.click(await screen.findByRole('button', { name: 'Lisää kalenteri' }))
  await user.click(screen.getByRole('radio', { name: 'Tiedostosta' }))
  const file = new File(['x'], 'suuri.ics')
  Object.defineProperty(file, 'size', { value: 5 * 1024 * 1024 + 1 })
  await user.upload(screen.getByLabelText('Kalenteritiedosto'), file)
  expect((await screen.findByRole('alert')).textContent).toContain('liian suuri')
  await user.click(screen.getByRole('button', { name: 'Ota kalenteri mukaan' }))
  expect(asked.every(({ method }) => method === 'GET')).toBe(true)
})

test('an address has to be secure, and a refusal is said in words', async () => {
  const asked = serve(({ method }) => (method === 'GET' ? { body: list() } : refused('calendar_private')))
  const user = userEvent.setup()
  await show(<CalendarsSection person="me" own />, personWith('doctor'))
  await user.click(await screen.findByRole('button', { name: 'Lisää kalenteri' }))
  const address = screen.getByRole('textbox', { name: /Kalenterin osoite/ })
  await user.type(address, 'http://outlook.example/a.ics')
  await user.click(screen.getByRole('button', { name: 'Ota kalenteri mukaan' }))
  await screen.findByText(/Osoitteen on alettava/)
  expect(asked).toHaveLength(1)
  await user.clear(address)
  await user.type(address, 'webcal://intra.example/a.ics')
  await user.click(screen.getByRole('button', { name: 'Ota kalenteri mukaan' }))
  await screen.findByText('Osoite johtaa sisäverkkoon, josta Luotsi ei voi lukea.')
  expect(asked.at(-1)?.body).toEqual({ address: 'webcal://intra.example/a.ics' })
})

test('age, failure and what was not understood are shown, and reading now is asked for', async () => {
  const failing: OtherCalendar = {
    ...outlook,
    stale: true,
    error: 'calendar_slow',
    triedAt: '2026-11-22T09:30:00Z',
    nextAt: '2026-11-22T10:30:00Z',
    problems: 3,
    listed: [
      { line: 12, date: '2026-12-01', code: 'zone', what: 'Oma' },
      { line: 90, code: 'some_new_code' },
    ],
    unlisted: 1,
  }
  const asked = serve(({ method }) =>
    method === 'GET' ? { body: list(failing) } : refused('calendar_just_read', 429),
  )
  const user = userEvent.setup()
  await show(<CalendarsSection person="me" own />, personWith('doctor'))
  const card = within(await screen.findByRole('article', { name: 'outlook.example' }))
  expect(card.getByText('Vanhentunut')).toBeTruthy()
  expect(card.getByText(/Luettu 21\.11\.2026 klo\s9\.00/)).toBeTruthy()
  expect(card.getByText(/Varatut ajat tunnetaan 19\.3\.2027 asti/)).toBeTruthy()
  expect(card.getByText(/Lukeminen epäonnistui 22\.11\.2026 klo\s11\.30/)).toBeTruthy()
  expect(card.getByText(/Osoite ei vastannut ajoissa.*12\.30/)).toBeTruthy()
  await user.click(card.getByText('3 kohtaa jäi ymmärtämättä'))
  expect(card.getByText(/aikavyöhykettä ”Oma” ei tunneta/).textContent).toContain('1.12.2026, rivi 12')
  expect(card.getByText(/kohtaa ei ymmärretty/).textContent).toContain('Päivä ei tiedossa, rivi 90')
  expect(card.getByText('Lisäksi 1 muuta.')).toBeTruthy()
  await user.click(card.getByRole('button', { name: 'Lue nyt: outlook.example' }))
  await card.findByText('Kalenteri luettiin juuri äsken. Odota minuutti.')
  expect(asked.some(({ path }) => path === '/api/people/me/calendars/c1/reading')).toBe(true)
})

test('a calendar is removed after a question, and five are the most', async () => {
  const five = [1, 2, 3, 4, 5].map((n) => ({ ...outlook, id: `c${n}`, host: `kalenteri${n}.example` }))
  const asked = serve(({ method }) => ({ body: method === 'GET' ? list(...five) : list(...five.slice(1)) }))
  const user = userEvent.setup()
  await show(<CalendarsSection person="me" own />, personWith('doctor'))
  await screen.findByText('Kalentereita on 5, enempää ei voi lisätä.')
  await user.click(screen.getByRole('button', { name: 'Poista kalenteri1.example' }))
  const dialog = screen.getByRole('dialog', { name: 'Poistetaanko kalenteri1.example?' })
  await user.click(within(dialog).getByRole('button', { name: 'Poista' }))
  await vi.waitFor(() => expect(screen.queryByText('kalenteri1.example')).toBeNull())
  expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/people/me/calendars/c1' })
  expect(screen.getByRole('button', { name: 'Lisää kalenteri' })).toBeTruthy()
})

test('a feed is made, copied, renewed and stopped', async () => {
  let feed: { address?: string; madeAt?: string } = {}
  let made = 0
  serve(({ method }) => {
    if (method === 'POST') {
      made++
      feed = { address: `https://luotsi.example/api/feeds/s${made}.ics`, madeAt: '2026-11-22T07:00:00Z' }
    } else if (method === 'DELETE') feed = {}
    return { body: feed }
  })
  const user = userEvent.setup()
  await show(<FeedSection />, personWith('coordinator'))
  await user.click(await screen.findByRole('button', { name: 'Luo kalenteriosoite' }))
  const address = (await screen.findByLabelText('Kalenteriosoite')) as HTMLInputElement
  expect(address.value).toBe('https://luotsi.example/api/feeds/s1.ics')
  await user.click(screen.getByRole('button', { name: 'Kopioi osoite' }))
  await screen.findByText('Osoite on kopioitu.')
  expect(await navigator.clipboard.readText()).toBe('https://luotsi.example/api/feeds/s1.ics')
  await user.click(screen.getByRole('button', { name: 'Uusi osoite' }))
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Uusi osoite' }))
  await vi.waitFor(() => expect(address.value).toContain('s2'))
  expect(screen.queryByText('Osoite on kopioitu.')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Poista osoite käytöstä' }))
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Poista osoite käytöstä' }))
  await screen.findByRole('button', { name: 'Luo kalenteriosoite' })
})

test('a failure to load is said, with a way to try again', async () => {
  let away = true
  serve(() => (away ? refused('unavailable', 503) : { body: list(outlook) }))
  const user = userEvent.setup()
  await show(<CalendarsSection person="me" own />, personWith('doctor'))
  const again = await screen.findByRole('button', { name: 'Yritä uudelleen' })
  away = false
  await user.click(again)
  await screen.findByRole('article', { name: 'outlook.example' })
})
