import { act, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { minutesAndSeconds, secondsLeft, toldBetween, useCountdown } from './countdown'

afterEach(() => vi.useRealTimers())

test.each([
  { now: '2026-11-24T07:00:00.000Z', want: 600 },
  { now: '2026-11-24T07:00:00.001Z', want: 599 },
  { now: '2026-11-24T07:00:01.000Z', want: 599 },
  { now: '2026-11-24T07:09:59.000Z', want: 1 },
  { now: '2026-11-24T07:09:59.001Z', want: 0 },
  { now: '2026-11-24T07:10:00.000Z', want: 0 },
  { now: '2026-11-24T08:00:00.000Z', want: 0 },
])('at $now $want s are left', ({ now, want }) => {
  expect(secondsLeft('2026-11-24T07:10:00Z', Date.parse(now))).toBe(want)
})

test.each([
  { seconds: 600, want: '10:00' },
  { seconds: 598, want: '9:58' },
  { seconds: 60, want: '1:00' },
  { seconds: 9, want: '0:09' },
  { seconds: 0, want: '0:00' },
])('$seconds s are $want', ({ seconds, want }) => {
  expect(minutesAndSeconds(seconds)).toBe(want)
})

test.each([
  { before: 302, after: 301, want: undefined },
  { before: 301, after: 300, want: 300 },
  { before: 300, after: 299, want: undefined },
  { before: 61, after: 60, want: 60 },
  { before: 1, after: 0, want: 0 },
  { before: 0, after: 0, want: undefined },
  { before: 400, after: 30, want: 60 },
  { before: 400, after: 0, want: 0 },
  { before: 30, after: 600, want: undefined },
])('from $before to $after says $want', ({ before, after, want }) => {
  expect(toldBetween(before, after)).toBe(want)
})

function Clock({ expires, extended = false }: { expires: string; extended?: boolean }) {
  const { left, told } = useCountdown(expires, extended)
  return (
    <p>
      {minutesAndSeconds(left)} {told ?? '-'}
    </p>
  )
}

test('it counts each second and speaks three times', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T07:00:00Z') })
  const { rerender } = render(<Clock expires="2026-11-24T07:10:00Z" />)
  const after = (seconds: number) => {
    act(() => void vi.advanceTimersByTime(seconds * 1000))
    return screen.getByText(/:/).textContent
  }
  expect(after(2)).toBe('9:58 -')
  expect(after(297)).toBe('5:01 -')
  expect(after(1)).toBe('5:00 300')
  expect(after(100)).toBe('3:20 300')
  expect(after(140)).toBe('1:00 60')
  rerender(<Clock expires="2026-11-24T07:20:00Z" extended />)
  expect(after(1)).toBe('10:59 -')
  expect(after(659)).toBe('0:00 0')
  expect(after(60)).toBe('0:00 0')
})

test.each([
  { now: '2026-11-24T06:59:58.4Z', extended: false, want: '10:00 -' },
  { now: '2026-11-24T06:59:58.4Z', extended: true, want: '10:01 -' },
  { now: '2026-11-24T06:49:58.4Z', extended: true, want: '20:00 -' },
])(
  'a clock at $now that is a little behind promises no more than there is ($want)',
  ({ now, extended, want }) => {
    vi.useFakeTimers({ now: Date.parse(now) })
    render(<Clock expires="2026-11-24T07:10:00Z" extended={extended} />)
    expect(screen.getByText(/:/).textContent).toBe(want)
  },
)
