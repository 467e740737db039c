import { expect, test } from 'vitest'
import { ALL, groupOf, inGroup, MINE, ordered, passes, rosterFile } from './roster'
import type { RosterRow } from './rosterApi'

const row = (person: string, more: Partial<RosterRow> = {}): RosterRow => ({
  person,
  name: person,
  percent: 50,
  waiting: 0,
  behind: false,
  away: false,
  complete: false,
  invited: false,
  mayInvite: false,
  mine: true,
  missing: { begun: [], modules: 1, days: 0, development: false },
  ...more,
})

test('a count shows those it counts', () => {
  const rows = [
    row('a', { waiting: 2 }),
    row('b', { behind: true, away: true }),
    row('c', { complete: true }),
    row('d', { invited: true }),
  ]
  const shown = (filter: Parameters<typeof passes>[1]) =>
    rows.filter((one) => passes(one, filter)).map((one) => one.person)
  expect(shown(undefined)).toEqual(['a', 'b', 'c', 'd'])
  expect(shown('waiting')).toEqual(['a'])
  expect(shown('behind')).toEqual(['b'])
  expect(shown('away')).toEqual(['b'])
  expect(shown('complete')).toEqual(['c'])
  expect(shown('invited')).toEqual(['d'])
})

test('a small group shows its own, and mine whom I come first for', () => {
  const rows = [
    row('a', { group: 'g1', mine: true }),
    row('b', { group: 'g2', mine: false }),
    row('c', { mine: true }),
  ]
  const shown = (group: string) => rows.filter((one) => inGroup(one, group)).map((one) => one.person)
  expect(shown(ALL)).toEqual(['a', 'b', 'c'])
  expect(shown('g2')).toEqual(['b'])
  expect(shown(MINE)).toEqual(['a', 'c'])
})

test('who has a small group sees it first; what is not there is not chosen', () => {
  const groups = [{ id: 'g1', name: 'A', mine: true, trainers: ['t'] }]
  const mine = { grouped: true, groups }
  const others = { grouped: false, groups }
  expect([undefined, MINE, ALL, 'g1', 'gone'].map((one) => groupOf(one, mine))).toEqual([
    MINE,
    MINE,
    ALL,
    'g1',
    MINE,
  ])
  expect([undefined, MINE, ALL, 'g1', 'gone'].map((one) => groupOf(one, others))).toEqual([
    ALL,
    ALL,
    ALL,
    'g1',
    ALL,
  ])
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
