import { describe, expect, test } from 'vitest'
import type { Appointment } from '../api'
import { marksAt, partsOf } from './days'

const start = '2026-11-24T07:00:00Z'

describe('what can be said of an appointment', () => {
  test.each([
    { state: 'booked', now: '2026-11-24T05:59:59Z', want: [] },
    { state: 'booked', now: '2026-11-24T06:00:00Z', want: ['arrived'] },
    { state: 'booked', now: '2026-11-24T06:59:59Z', want: ['arrived'] },
    { state: 'booked', now: '2026-11-24T07:00:00Z', want: ['arrived', 'noshow', 'fulfilled'] },
    { state: 'arrived', now: '2026-11-24T06:30:00Z', want: [] },
    { state: 'arrived', now: '2026-11-24T07:00:00Z', want: ['fulfilled'] },
    { state: 'started', now: '2026-11-24T07:10:00Z', want: ['fulfilled'] },
    { state: 'fulfilled', now: '2026-11-24T08:00:00Z', want: [] },
    { state: 'noshow', now: '2026-11-24T08:00:00Z', want: [] },
  ])('$state at $now', ({ state, now, want }) => {
    expect(marksAt({ start, state }, new Date(now))).toEqual(want)
  })
})

test('appointments stand where there is something to do about them', () => {
  const one = (id: string, start: string, state = 'booked') => ({ id, start, state }) as Appointment
  const parts = partsOf(
    [
      one('tomorrow', '2026-11-24T22:00:00Z'), // past midnight in Finland
      one('later today', '2026-11-24T21:59:00Z'),
      one('this morning', '2026-11-24T06:00:00Z', 'fulfilled'),
      one('yesterday', '2026-11-23T07:00:00Z', 'arrived'),
      one('yesterday, told', '2026-11-23T08:00:00Z', 'noshow'),
      one('yesterday, nothing written', '2026-11-23T08:30:00Z', 'fulfilled'),
      { ...one('yesterday, done', '2026-11-23T09:00:00Z', 'fulfilled'), written: true },
      { ...one('yesterday, just done', '2026-11-23T09:30:00Z', 'fulfilled'), written: true },
      one('cancelled', '2026-11-24T10:00:00Z', 'cancelled'),
      one('asked', '2026-11-25T10:00:00Z', 'asked'),
    ],
    new Date('2026-11-24T12:00:00Z'),
    new Set(['yesterday, just done']),
  )
  const ids = Object.fromEntries(
    Object.entries(parts).map(([part, list]) => [part, list.map(({ id }) => id)]),
  )
  expect(ids).toEqual({
    unmarked: ['yesterday', 'yesterday, nothing written', 'yesterday, just done'],
    today: ['this morning', 'later today'],
    later: ['tomorrow'],
  })
})
