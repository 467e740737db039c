import { expect, test } from 'vitest'
import type { JointTimes, Slot } from '../api'
import { countOf, doctorOf, firstDays, keyOf, whyOf } from './found'

function slot(start: string, more: Partial<Slot> = {}): Slot {
  return { start, end: start, ...more }
}

const first = slot('2026-11-24T07:00:00Z', { doctor: 'salo', missing: [2] })
const twin = slot('2026-11-24T07:00:00Z', { doctor: 'ranta' })
const later = slot('2026-11-26T07:00:00Z', { doctor: 'salo', fillsReception: true })
const times: JointTimes = {
  days: [
    { date: '2026-11-24', times: [first, twin] },
    { date: '2026-11-26', times: [later] },
    { date: '2026-11-27', times: [slot('2026-11-27T07:00:00Z')] },
  ],
  best: [twin, later, first],
  seats: [],
  doctors: [
    { person: 'salo', name: 'Mikael Salo' },
    { person: 'ranta', name: 'Anna Ranta' },
  ],
  empty: [],
}

test('why a time is among the best', () => {
  expect(whyOf(twin, times)).toEqual(['allFree', 'earliest'])
  expect(whyOf(later, times)).toEqual(['allFree', 'fillsReception'])
  expect(whyOf(first, times)).toEqual(['earliest'])
})

test('two doctors’ same time are two times', () => {
  expect(keyOf(first)).not.toBe(keyOf(twin))
  expect(doctorOf(twin, times)?.name).toBe('Anna Ranta')
  expect(doctorOf(slot('x'), { ...times, doctors: times.doctors.slice(0, 1) })?.name).toBe('Mikael Salo')
})

test('a long list comes in whole days', () => {
  expect(countOf(times)).toBe(4)
  expect(firstDays(times, 1).map((day) => day.date)).toEqual(['2026-11-24'])
  expect(firstDays(times, 3).map((day) => day.date)).toEqual(['2026-11-24', '2026-11-26'])
  expect(firstDays(times, 99)).toHaveLength(3)
})
