import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import type { WaitingRequest } from './api'
import { lostOffer } from './LostOffer'
import { beginningOf } from './RequestForm'
import { WaitingPage } from './WaitingPage'

const request: WaitingRequest = {
  id: 'r1',
  case: 'c1',
  reference: 'K7M2QX',
  unit: 'unit',
  unitName: 'Terveyskeskus',
  minutes: 30,
  mode: 'phone',
  seats: [
    { role: 'coordinator', names: ['Testi Henkilö'], with: 'me' },
    { role: 'coordinator', names: ['Bo'], with: 'bo?', optional: true },
    {
      role: 'professional',
      names: [],
      guest: { name: 'Kaisa Kela', email: 'kaisa@example.org', language: 'fi' },
    },
  ],
  never: ['2', '3@08:00-10:00'],
  priority: 'urgent',
  state: 'waiting',
  outward: 'suunniteltu',
  mine: true,
  made: '2026-11-20T12:00:00Z',
  place: 2,
  of: 5,
}

function offered(until: Date): WaitingRequest {
  return {
    ...request,
    state: 'offered',
    outward: 'ehdotettu',
    offer: {
      appointment: 'a1',
      state: 'offered',
      start: '2099-12-01T07:00:00Z',
      end: '2099-12-01T07:30:00Z',
      doctor: { person: 'gp', name: 'Aino Mäkelä' },
      until: until.toISOString(),
    },
  }
}

test('a request shows its place in the line, and why the line is as it is', async () => {
  serve(() => ({ body: { requests: [request], lines: [] } }))
  await show(<WaitingPage />, personWith('coordinator'))
  await screen.findByText('Paikka jonossa: 2 / 5')
  expect(screen.getByText('Kiireellinen')).toBeDefined()
  expect(screen.getByText(/ensin niille, joilla on aikaisin määräpäivä/)).toBeDefined()
})

test('an offer that came to nothing is told while nothing else has happened', () => {
  const step = (kind: string, start?: string) => ({
    at: '2026-11-21T10:00:00Z',
    kind,
    ...(start && { start }),
  })
  const steps = [step('asked'), step('offered', '2026-11-24T07:00:00Z'), step('expired')]
  expect(lostOffer({ state: 'waiting', steps })).toMatchObject({
    how: 'expired',
    offer: { start: '2026-11-24T07:00:00Z' },
  })
  expect(lostOffer({ state: 'withdrawn', steps })).toBeUndefined()
  expect(lostOffer({ state: 'waiting', steps: [...steps, step('changed')] })).toBeUndefined()
  expect(lostOffer({ state: 'waiting', steps: steps.slice(0, 1) })).toBeUndefined()
})

test('without requests there is a way to make one', async () => {
  serve(() => ({ body: { requests: [], lines: [] } }))
  await show(<WaitingPage />, personWith('coordinator'))
  await screen.findByText('Jonossa ei ole pyyntöjäsi')
  expect(screen.getByRole('link', { name: 'Pyydä aikaa' }).getAttribute('href')).toBe('/waiting/new')
})

test('an offer counts down, and is taken with one tap', async () => {
  const asked = serve(({ method, path }) => ({
    body:
      method === 'POST'
        ? { id: 'a1', path }
        : { requests: [offered(new Date(Date.now() + 9 * 60_000))], lines: [] },
  }))
  await show(<WaitingPage />, personWith('coordinator'))
  await screen.findByText('Aikaa 9 min')
  await userEvent.click(screen.getByRole('button', { name: 'Ota aika' }))
  await waitFor(() =>
    expect(
      asked.some((one) => one.method === 'POST' && one.path === '/api/appointments/a1/confirmation'),
    ).toBe(true),
  )
})

test('who can not is asked once more, and the refusal of the server is said', async () => {
  const asked = serve(({ method }) =>
    method === 'POST'
      ? { status: 409, body: { status: 409, code: 'hold_expired' } }
      : { body: { requests: [offered(new Date(Date.now() + 9 * 60_000))], lines: [] } },
  )
  const user = userEvent.setup()
  await show(<WaitingPage />, personWith('coordinator'))
  await user.click(await screen.findByRole('button', { name: 'En voi' }))
  expect(asked.some((one) => one.method === 'POST')).toBe(false)
  await user.click(screen.getByRole('button', { name: 'En voi ottaa aikaa', hidden: true }))
  await waitFor(() => expect(asked.some((one) => one.path === '/api/appointments/a1/release')).toBe(true))
  expect((await screen.findByRole('alert', { hidden: true })).textContent).toMatch(/raukesi/)
})

test('an offer whose time is over asks what became of it', async () => {
  const asked = serve(() => ({ body: { requests: [offered(new Date(Date.now() - 1000))], lines: [] } }))
  await show(<WaitingPage />, personWith('coordinator'))
  await screen.findByText('Vastausaika on loppunut')
  await waitFor(() => expect(asked.filter((one) => one.path === '/api/requests').length).toBeGreaterThan(1))
})

test('a scheduler sees how many wait, and the way to the line', async () => {
  const line = {
    unit: 'unit',
    unitName: 'Terveyskeskus',
    waiting: 3,
    offered: 1,
    urgent: 1,
    overdue: 0,
    forMe: 0,
  }
  serve(() => ({ body: { requests: [], lines: [line] } }))
  await show(<WaitingPage />, personWith('scheduler'))
  await screen.findByText('3 odottaa')
  expect(screen.getByText('1 tarjous vastattavana')).toBeDefined()
  expect(screen.getByRole('link', { name: 'Jono ja tehdyt tarjoukset' }).getAttribute('href')).toBe(
    '/waiting/units/unit',
  )
  expect(screen.queryByRole('link', { name: 'Pyydä aikaa' })).toBeNull()
})

test('a request is changed from what it says, without whoever asks among the seats', () => {
  expect(beginningOf(request, 'me')).toEqual({
    doctor: undefined,
    minutes: 30,
    mode: 'phone',
    with: ['bo?'],
    guests: [{ name: 'Kaisa Kela', email: 'kaisa@example.org', language: 'fi', role: 'professional' }],
    never: ['2', '3@08:00-10:00'],
    deadline: undefined,
    urgent: true,
  })
})
