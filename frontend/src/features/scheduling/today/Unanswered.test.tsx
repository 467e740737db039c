import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Asked, personWith, serve, show } from '../../../test-page'
import type { Asking } from './api'
import { UNDO_MS } from './queue'
import { Unanswered } from './Unanswered'

function asking(id: string, start: string): Asking {
  return {
    id,
    case: `case-${id}`,
    reference: `REF${id}`,
    start,
    end: new Date(Date.parse(start) + 45 * 60_000).toISOString(),
    expires: '2026-11-24T22:00:00Z',
    state: 'asked',
    outward: 'ehdotettu',
    mode: 'phone',
    unit: 'unit',
    unitName: 'Terveyskeskus',
    doctor: { person: 'me', name: 'Testi Henkilö' },
    participants: [],
    patientSystem: false,
    bookedBy: 'co',
    askedBy: 'Aino Lahti',
  }
}

const a = asking('a', '2026-11-25T07:00:00Z')
const b = asking('b', '2026-11-26T07:00:00Z')

type World = { waiting: Asking[]; refuse: { status: number; code: string } | 'network' | undefined }

async function page(world: World) {
  const asked = serve(({ method, path }) => {
    if (path === '/api/unanswered') return { body: { appointments: world.waiting } }
    if (path === '/api/unanswered/questions')
      return {
        body: {
          questions: world.waiting.map(({ id }) => ({
            appointment: id,
            kinds: ['statement'],
            asked: `Mitä kysytään ${id}?`,
            known: `Mitä tiedetään ${id}`,
            tried: '',
          })),
        },
      }
    if (path.endsWith('/times'))
      return {
        body: {
          days: [
            {
              date: '2026-12-01',
              times: [1, 2, 3, 4].map((n) => ({
                start: `2026-12-01T0${n + 5}:00:00Z`,
                end: `2026-12-01T0${n + 5}:45:00Z`,
              })),
            },
          ],
        },
      }
    if (method !== 'POST') return { status: 404 }
    if (world.refuse === 'network') throw new TypeError('no network')
    if (world.refuse) return { status: world.refuse.status, body: world.refuse }
    const id = path.split('/')[3]
    world.waiting = world.waiting.filter((one) => one.id !== id)
    return { body: {} }
  })
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
  const shown = await show(<Unanswered />, personWith('doctor'))
  await screen.findByRole('heading', { name: `Vastausta odottaa (${world.waiting.length})` })
  return { asked, user, ...shown }
}

const posts = (asked: Asked[]) => asked.filter(({ method }) => method === 'POST')
const card = (nth: number) => within(screen.getAllByRole('article')[nth] as HTMLElement)

async function pass(ms: number) {
  await act(() => vi.advanceTimersByTimeAsync(ms))
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date('2026-11-23T08:00:00Z') })
})
afterEach(() => vi.useRealTimers())

test('a card says when, how, where, who asks and until when', async () => {
  await page({ waiting: [a], refuse: undefined })
  const text = screen.getByRole('article').textContent
  for (const part of [
    'ke 25.11.',
    '9.00–9.45',
    'Puhelimitse',
    'Terveyskeskus',
    'Aino Lahti',
    'REFa',
    'ti 24.11.',
  ])
    expect(text).toContain(part)
})

test('the questions come in one request, and again only when another appointment does', async () => {
  const world: World = { waiting: [a], refuse: undefined }
  const { asked, queries } = await page(world)
  await screen.findByText('Mitä kysytään a?')
  const reads = () => asked.filter(({ path }) => path === '/api/unanswered/questions').length
  await act(() => queries.invalidateQueries({ queryKey: ['appointments'] }))
  expect(reads()).toBe(1)
  world.waiting = [a, b]
  await act(() => queries.invalidateQueries({ queryKey: ['appointments'] }))
  await screen.findByText('Mitä kysytään b?')
  expect(reads()).toBe(2)
  world.waiting = [b]
  await act(() => queries.invalidateQueries({ queryKey: ['appointments'] }))
  expect(reads()).toBe(2)
})

test('a tap answers after ten seconds; until then it can be taken back', async () => {
  const { asked, user } = await page({ waiting: [a, b], refuse: undefined })
  await user.click(card(0).getByRole('button', { name: 'Sopii' }))
  expect(document.activeElement?.textContent).toContain('Vastasit: sopii')
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Vastausta odottaa (1)')
  await user.click(card(0).getByRole('button', { name: /^Kumoa/ }))
  await pass(UNDO_MS * 2)
  expect(posts(asked)).toHaveLength(0)

  await user.click(card(0).getByRole('button', { name: 'Sopii' }))
  await pass(UNDO_MS)
  await screen.findByText('Lähetetty')
  expect(posts(asked)).toMatchObject([{ path: '/api/appointments/a/answer', body: { answer: 'accepted' } }])
  // It stays where it is, so that nothing moves under the finger.
  expect(screen.getAllByRole('article')).toHaveLength(2)
  expect(screen.getByRole('status').textContent).toContain('Vastaus lähetetty')
})

test('who does not come says why with one tap', async () => {
  const { asked, user } = await page({ waiting: [a], refuse: undefined })
  await user.click(card(0).getByRole('button', { name: 'En pääse' }))
  expect(document.activeElement?.textContent).toBe('Miksi et pääse?')
  await user.click(card(0).getByRole('button', { name: 'Kuuluu muualle' }))
  await pass(UNDO_MS)
  await vi.waitFor(() => expect(posts(asked)[0]?.body).toEqual({ answer: 'declined', reason: 'wrong_door' }))
})

test('at most three other times are proposed, in the order of time', async () => {
  const { asked, user } = await page({ waiting: [a], refuse: undefined })
  await user.click(card(0).getByRole('button', { name: 'Ehdota muuta' }))
  const chips = within(await screen.findByRole('group', { name: /Mikä aika sopisi/ })).getAllByRole('button')
  for (const nth of [3, 1, 0, 2]) await user.click(chips[nth] as HTMLElement)
  expect(chips.map((chip) => chip.getAttribute('aria-pressed'))).toEqual(['true', 'true', 'false', 'true'])
  await user.click(screen.getByRole('button', { name: 'Ehdota 3 aikaa' }))
  await pass(UNDO_MS)
  await vi.waitFor(() =>
    expect(posts(asked)[0]?.body).toEqual({
      answer: 'declined',
      reason: 'no_time',
      proposed: ['2026-12-01T06:00:00Z', '2026-12-01T07:00:00Z', '2026-12-01T09:00:00Z'],
    }),
  )
})

describe('what waits is sent at once', () => {
  test.each([
    ['when the page is closed', () => window.dispatchEvent(new Event('pagehide'))],
    [
      'when the page is hidden',
      () => {
        vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
        document.dispatchEvent(new Event('visibilitychange'))
      },
    ],
  ])('%s', async (_, leave) => {
    const { asked, user } = await page({ waiting: [a, b], refuse: undefined })
    await user.click(card(0).getByRole('button', { name: 'Sopii' }))
    await user.click(card(1).getByRole('button', { name: 'Sopii' }))
    expect(posts(asked)).toHaveLength(0)
    act(leave)
    await vi.waitFor(() => expect(posts(asked)).toHaveLength(2))
    await pass(UNDO_MS * 2)
    expect(posts(asked)).toHaveLength(2)
    vi.restoreAllMocks()
  })

  test('when another page opens', async () => {
    const { asked, user, router } = await page({ waiting: [a], refuse: undefined })
    await user.click(card(0).getByRole('button', { name: 'Sopii' }))
    await act(() => router.navigate({ to: '/hours' as never }))
    await vi.waitFor(() => expect(posts(asked)).toHaveLength(1))
  })

  test('but not when the page is seen again', async () => {
    const { asked, user } = await page({ waiting: [a], refuse: undefined })
    await user.click(card(0).getByRole('button', { name: 'Sopii' }))
    document.dispatchEvent(new Event('visibilitychange'))
    await pass(UNDO_MS - 2000)
    expect(posts(asked)).toHaveLength(0)
  })
})

test('an answer that is lost brings the card back and says so', async () => {
  const world: World = { waiting: [a], refuse: 'network' }
  const { asked, user } = await page(world)
  await user.click(card(0).getByRole('button', { name: 'Sopii' }))
  await pass(UNDO_MS)
  await screen.findByText(/Vastauksesi ei mennyt perille/)
  expect(screen.getByRole('alert').textContent).toContain('Yhteys katkesi')
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Vastausta odottaa (1)')
  world.refuse = undefined
  await user.click(card(0).getByRole('button', { name: 'Sopii' }))
  await pass(UNDO_MS)
  await screen.findByText('Lähetetty')
  const keys = posts(asked).map(({ headers }) => headers.get('Idempotency-Key'))
  expect(new Set(keys).size).toBe(1)
})

test('what was cancelled meanwhile is told, although its card is gone', async () => {
  const world: World = { waiting: [a, b], refuse: undefined }
  const { user } = await page(world)
  await user.click(card(0).getByRole('button', { name: 'Sopii' }))
  world.waiting = [b]
  world.refuse = { status: 409, code: 'already_cancelled' }
  await pass(UNDO_MS)
  expect((await screen.findByRole('alert')).textContent).toContain('Yhteisvastaanotto on jo peruttu')
  await vi.waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(1))
  await user.click(screen.getByRole('button', { name: 'Selvä' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('nothing to answer is said calmly', async () => {
  serve(() => ({ body: { appointments: [] } }))
  await show(<Unanswered />, personWith('doctor'))
  expect(await screen.findByText('Mikään ei odota vastaustasi.')).toBeTruthy()
})
