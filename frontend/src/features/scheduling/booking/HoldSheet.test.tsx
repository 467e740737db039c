import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { Problem } from '../../../shared/http/problem'
import { personWith, serve, show } from '../../../test-page'
import { HoldSheet } from './HoldSheet'
import { RefusedSheet } from './RefusedSheet'

afterEach(() => vi.unstubAllGlobals())

function hold(more: object = {}) {
  return {
    id: 'a1',
    case: 'c1',
    reference: 'K7M2QX',
    start: '2026-11-24T07:15:00Z',
    end: '2026-11-24T08:00:00Z',
    state: 'held',
    outward: 'ehdotettu',
    expires: new Date(Date.now() + 10 * 60_000).toISOString(),
    mode: 'on_site',
    unit: 'u',
    unitName: 'Keskustan terveyskeskus',
    doctor: { person: 'd', name: 'Mikael Salo' },
    participants: [{ person: 'd', name: 'Mikael Salo', role: 'doctor', answer: 'accepted' }],
    patientSystem: false,
    bookedBy: 'me',
    ...more,
  }
}

const props = { hold: 'a1', onClose: vi.fn(), onAgain: vi.fn() }

test('a kept time is confirmed, and its result opens', async () => {
  const asked = serve(({ path }) => ({
    body: path.endsWith('/confirmation') ? hold({ state: 'booked' }) : hold(),
  }))
  const user = userEvent.setup()
  const { router } = await show(<HoldSheet {...props} />, personWith('coordinator'))
  expect((await screen.findByRole('timer')).textContent).toMatch(/^(10:00|9:\d\d)$/)
  expect(screen.getByRole('region', { name: 'Varattu sinulle' }).textContent).toContain(
    'tiistai 24. marraskuuta klo 9.15–10.00',
  )
  await user.click(screen.getByRole('button', { name: 'Vahvista' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/appointments/a1/booked'))
  expect(asked.filter((one) => one.method === 'POST')).toHaveLength(1)
})

test('it is kept longer once, and says so', async () => {
  serve(({ path }) => ({
    body: path.endsWith('/extension')
      ? hold({ extended: true, expires: new Date(Date.now() + 20 * 60_000).toISOString() })
      : hold(),
  }))
  const user = userEvent.setup()
  await show(<HoldSheet {...props} />, personWith('coordinator'))
  await user.click(await screen.findByRole('button', { name: 'Jatka 10 min' }))
  expect(await screen.findByText('Jatkettu jo kerran')).toBeTruthy()
  expect(screen.getByRole('timer').textContent).toMatch(/^(20:00|19:\d\d)$/)
})

test('an answer that got lost is sent again under the same key', async () => {
  let tries = 0
  const asked = serve(({ path }) => {
    if (!path.endsWith('/confirmation')) return { body: hold() }
    tries += 1
    return tries === 1 ? { status: 503, body: { code: 'unavailable' } } : { body: hold({ state: 'booked' }) }
  })
  const user = userEvent.setup()
  const { router } = await show(<HoldSheet {...props} />, personWith('coordinator'))
  await user.click(await screen.findByRole('button', { name: 'Vahvista' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/appointments/a1/booked'), {
    timeout: 10_000,
  })
  const keys = asked.filter((one) => one.method === 'POST').map((one) => one.headers.get('Idempotency-Key'))
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test('one that the server does not keep any more is said to have run out', async () => {
  const onAgain = vi.fn()
  serve(({ path }) =>
    path.endsWith('/confirmation')
      ? { status: 409, body: { status: 409, code: 'hold_expired' } }
      : { body: hold() },
  )
  const user = userEvent.setup()
  await show(<HoldSheet {...props} onAgain={onAgain} />, personWith('coordinator'))
  await user.click(await screen.findByRole('button', { name: 'Vahvista' }))
  expect(await screen.findByRole('heading', { name: 'Varaus raukesi' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Varaa uudelleen' }))
  expect(onAgain).toHaveBeenCalledWith(expect.objectContaining({ id: 'a1' }))
})

test('somebody else’s kept time in a shared address is nothing', async () => {
  const onClose = vi.fn()
  serve(() => ({ status: 404, body: { status: 404, code: 'not_found' } }))
  const { screen: page } = await show(<HoldSheet {...props} onClose={onClose} />, personWith('coordinator'))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(page.container.textContent).toBe('')
})

const next = ['2026-11-24T08:00:00Z', '2026-11-26T07:00:00Z', '2026-12-01T07:00:00Z'].map((start) => ({
  start,
  end: new Date(Date.parse(start) + 45 * 60_000).toISOString(),
}))

test.each([
  {
    code: 'time_taken',
    info: { taken: [{ person: 'd', name: 'Mikael Salo' }], next },
    title: 'Aika ehti mennä',
    text: 'Tähän aikaan on jo varattu: Mikael Salo.',
    times: 3,
  },
  {
    code: 'too_many_holds',
    info: undefined,
    title: 'Aikaa ei voi varata',
    text: 'Sinulla on jo kolme aikaa odottamassa. Vahvista tai vapauta jokin niistä.',
    times: 0,
  },
  {
    code: 'too_soon',
    info: { taken: [], next: next.slice(0, 1) },
    title: 'Aikaa ei voi varata',
    text: 'Lääkäri haluaa tiedon aikaisemmin. Valitse myöhempi aika.',
    times: 1,
  },
  {
    code: 'quota_reached',
    info: { taken: [], next: next.slice(0, 1), quota: { places: 2, used: 2, next: '2027-01-01' } },
    title: 'Aikaa ei voi varata',
    text: 'Yksikkönne on jo käyttänyt kaikki sille tälle kuulle lainatut paikat. Valitse aika toiselta kuulta.',
    times: 1,
  },
])('$code is said in words', async ({ code, info, title, text, times }) => {
  const onChoose = vi.fn()
  const user = userEvent.setup()
  await show(
    <RefusedSheet
      problem={new Problem(409, code, [], undefined, info)}
      onChoose={onChoose}
      onRetry={vi.fn()}
      onClose={vi.fn()}
    />,
    personWith('coordinator'),
  )
  expect(screen.getByRole('heading', { name: title })).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toBe(text)
  if (code === 'quota_reached') {
    expect(screen.getByText('2/2 käytetty sillä kuulla. Seuraava paikka: 1.1.2027 alkaen.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Katso yksikön lainapaikat' })).toBeTruthy()
  }
  const buttons = screen.queryAllByRole('button', { name: /klo/ })
  expect(buttons).toHaveLength(times)
  if (buttons[0]) {
    await user.click(buttons[0])
    expect(onChoose).toHaveBeenCalledWith(next[0])
  }
})
