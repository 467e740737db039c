import { expect, test } from 'vitest'
import type { Doctor } from './api'
import { wishOf } from './wish'

const now = new Date('2026-11-24T06:00:00Z')

function doctor(person: string, unit: string): Doctor {
  return { person, name: person, unit, unitName: unit, rules: 1 }
}

const doctors = [doctor('salo', 'a'), doctor('ranta', 'a'), doctor('ranta', 'b')]

test('nothing asked: the first doctor, times as long as their own, four weeks from today', () => {
  expect(wishOf({}, doctors, [], now)).toEqual({
    doctor: 'salo',
    unit: 'a',
    minutes: undefined,
    from: '2026-11-24',
    to: '2026-12-22',
    with: [],
  })
})

test('what is asked is kept', () => {
  const search = { doctor: 'ranta', unit: 'b', minutes: '90', from: '2026-12-01', to: '2026-12-05' }
  expect(wishOf(search, doctors, ['x'], now)).toEqual({
    doctor: 'ranta',
    unit: 'b',
    minutes: 90,
    from: '2026-12-01',
    to: '2026-12-05',
    with: ['x'],
  })
})

test.each([
  { name: 'a day that is over', search: { from: '2026-01-01' }, want: { from: '2026-11-24' } },
  { name: 'no day', search: { from: 'huomenna' }, want: { from: '2026-11-24' } },
  { name: 'an end before the start', search: { to: '2026-11-01' }, want: { to: '2026-11-24' } },
  { name: 'longer than the server searches', search: { to: '2027-11-01' }, want: { to: '2027-02-23' } },
  { name: 'a length that is not offered', search: { minutes: '7' }, want: { minutes: undefined } },
  { name: 'a doctor who is gone', search: { doctor: 'pois', unit: 'a' }, want: { doctor: 'salo' } },
  {
    name: 'a doctor in another unit',
    search: { doctor: 'ranta', unit: 'z' },
    want: { doctor: 'ranta', unit: 'a' },
  },
])('$name', ({ search, want }) => {
  expect(wishOf(search, doctors, [], now)).toMatchObject(want)
})

test('without doctors there is nothing to ask', () => {
  expect(wishOf({}, [], [], now)).toBeUndefined()
})
