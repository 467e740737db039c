import { expect, test } from 'vitest'
import { inGroup, MINE, ordered, passes, rosterFile } from './roster'
import type { RosterRow } from './rosterApi'

const row = (person: string, more: Partial<RosterRow> = {}): RosterRow => ({
  person,
  name: person,
  percent: 50,
  waiting: 0,
  behind: false,
  away: false,
  complete: false,
  mine: false,
  missing: { begun: [], modules: 1, days: 0, development: false },
  ...more,
})

test('a count shows those it counts', () => {
  const rows = [
    row('a', { waiting: 2 }),
    row('b', { behind: true, away: true }),
    row('c', { complete: true }),
  ]
  const shown = (filter: Parameters<typeof passes>[1]) =>
    rows.filter((one) => passes(one, filter)).map((one) => one.person)
  expect(shown(undefined)).toEqual(['a', 'b', 'c'])
  expect(shown('waiting')).toEqual(['a'])
  expect(shown('behind')).toEqual(['b'])
  expect(shown('away')).toEqual(['b'])
  expect(shown('complete')).toEqual(['c'])
})

test('a small group shows its own, and mine all of mine', () => {
  const groups = [
    { id: 'g1', name: 'A', mine: true, trainers: ['t'] },
    { id: 'g2', name: 'B', mine: false, trainers: [] },
  ]
  const rows = [row('a', { group: 'g1' }), row('b', { group: 'g2' }), row('c')]
  const shown = (group: string) => rows.filter((one) => inGroup(one, group, groups)).map((one) => one.person)
  expect(shown('')).toEqual(['a', 'b', 'c'])
  expect(shown('g2')).toEqual(['b'])
  expect(shown(MINE)).toEqual(['a'])
})

test('by percent, and by who is longest away: never seen first', () => {
  const rows = [
    row('a', { percent: 40, lastSeen: '2026-11-20T08:00:00Z' }),
    row('b', { percent: 0 }),
    row('c', { percent: 10, lastSeen: '2026-11-01T08:00:00Z' }),
  ]
  expect(ordered(rows, 'name').map((one) => one.person)).toEqual(['a', 'b', 'c'])
  expect(ordered(rows, 'percent').map((one) => one.person)).toEqual(['b', 'c', 'a'])
  expect(ordered(rows, 'seen').map((one) => one.person)).toEqual(['b', 'c', 'a'])
})

test('the table for a spreadsheet is of those on the page', () => {
  expect(rosterFile('k1', { only: undefined, group: '', q: '' })).toBe('/api/cohorts/k1/roster/file')
  expect(rosterFile('k1', { only: 'behind', group: MINE, q: 'Åke & co' })).toBe(
    '/api/cohorts/k1/roster/file?only=behind&group=mine&q=%C3%85ke+%26+co',
  )
})
