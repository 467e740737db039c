import { describe, expect, test } from 'vitest'
import type { Doctor } from '../api'
import { crossed, neversText, readNever, toggled, withDay, without } from './never'
import { isSame, readSeats, type Seat, seatsText } from './seats'
import { searchOf, wishOf } from './wish'

const now = new Date('2026-11-24T06:00:00Z')

function doctor(person: string, unit: string): Doctor {
  return { person, name: person, unit, unitName: unit, rules: 1 }
}

const doctors = [doctor('ranta', 'a'), doctor('ranta', 'b'), doctor('salo', 'a')]

test('nothing asked: any doctor of the unit with most, on site, times as long as their own, four weeks', () => {
  expect(wishOf({}, doctors, now)).toEqual({
    doctor: undefined,
    unit: 'a',
    mode: 'on_site',
    minutes: undefined,
    from: '2026-11-24',
    to: '2026-12-22',
    seats: [],
    never: [],
    case: undefined,
  })
})

test('what is asked is kept', () => {
  const search = {
    doctor: 'ranta',
    unit: 'b',
    mode: 'phone',
    minutes: '90',
    from: '2026-12-01',
    to: '2026-12-05',
    with: 'nurse,interpreter:x|y|outside?',
    never: '2@00:00-12:00,2026-12-03',
    case: 'c1',
  }
  expect(wishOf(search, doctors, now)).toEqual({
    doctor: 'ranta',
    unit: 'b',
    mode: 'phone',
    minutes: 90,
    from: '2026-12-01',
    to: '2026-12-05',
    seats: [
      { any: ['nurse'], outside: false, optional: false },
      { role: 'interpreter', any: ['x', 'y'], outside: true, optional: true },
    ],
    never: [
      { weekday: 2, part: 'morning' },
      { day: '2026-12-03', part: 'all' },
    ],
    case: 'c1',
  })
})

test.each([
  { name: 'a day that is over', search: { from: '2026-01-01' }, want: { from: '2026-11-24' } },
  { name: 'no day', search: { from: 'huomenna' }, want: { from: '2026-11-24' } },
  { name: 'an end before the start', search: { to: '2026-11-01' }, want: { to: '2026-11-24' } },
  { name: 'longer than the server searches', search: { to: '2027-11-01' }, want: { to: '2027-02-23' } },
  { name: 'a length that is not offered', search: { minutes: '7' }, want: { minutes: undefined } },
  { name: 'no way to meet', search: { mode: 'boat' }, want: { mode: 'on_site' } },
  { name: 'any doctor of a unit', search: { unit: 'a' }, want: { doctor: undefined, unit: 'a' } },
  { name: 'the only doctor of a unit', search: { unit: 'b' }, want: { doctor: 'ranta', unit: 'b' } },
  {
    name: 'a doctor who is gone',
    search: { doctor: 'pois', unit: 'a' },
    want: { doctor: undefined, unit: 'a' },
  },
  {
    name: 'a doctor in another unit',
    search: { doctor: 'ranta', unit: 'z' },
    want: { doctor: 'ranta', unit: 'a' },
  },
  { name: 'a unit that is gone', search: { unit: 'z' }, want: { doctor: undefined, unit: 'a' } },
])('$name', ({ search, want }) => {
  expect(wishOf(search, doctors, now)).toMatchObject(want)
})

test('without doctors there is nothing to ask', () => {
  expect(wishOf({}, [], now)).toBeUndefined()
})

describe('seats', () => {
  test.each([
    'nurse',
    'nurse?',
    'a|b|c',
    'a|b|c?',
    'interpreter:outside',
    'interpreter:a|b|outside?',
    'professional:outside',
    'room:r1|r2',
    'a,b|c,interpreter:d|outside',
  ])('%s comes back as it was', (text) => {
    expect(seatsText(readSeats(text))).toBe(text)
  })

  test.each([
    '',
    ',',
    'a b',
    'outside',
    'doctor:a',
    'interpreter:',
    'interpreter:a:b',
    'x'.repeat(65),
    '?',
    '|',
  ])('"%s" is no seat', (text) => {
    expect(readSeats(text)).toEqual([])
    expect(seatsText(readSeats(text))).toBeUndefined()
  })

  test('what is no seat takes nothing else along', () => {
    expect(seatsText(readSeats('a,doctor:b,c?'))).toBe('a,c?')
  })
})

describe('when the client can not come', () => {
  test.each(['1', '7', '2@00:00-12:00', '5@12:00-23:59', '2026-12-01', '1,2026-12-01@00:00-12:00'])(
    '%s comes back as it was',
    (text) => {
      expect(neversText(readNever(text))).toBe(text)
    },
  )

  test.each(['', '0', '8', '12', '2@', '2@08:00-09:00', '2026-02-30', '1.12.2026', 'ti'])(
    '"%s" is not read',
    (text) => {
      expect(readNever(text)).toEqual([])
    },
  )

  test('said twice is said once, and no more than the server reads', () => {
    expect(neversText(readNever('2,2,3'))).toBe('2,3')
    const many = Array.from({ length: 40 }, (_, at) => `2026-12-${String((at % 31) + 1).padStart(2, '0')}`)
    expect(readNever(many.join(','))).toHaveLength(30)
  })

  test('two halves are a day, and a day less a half is the other half', () => {
    let list = toggled([], 2, 'morning')
    expect(neversText(list)).toBe('2@00:00-12:00')
    list = toggled(list, 2, 'afternoon')
    expect(neversText(list)).toBe('2')
    expect(crossed(list, 2, 'morning') && crossed(list, 2, 'afternoon')).toBe(true)
    list = toggled(list, 2, 'morning')
    expect(neversText(list)).toBe('2@12:00-23:59')
    expect(crossed(list, 2, 'morning')).toBe(false)
    expect(toggled(list, 2, 'afternoon')).toEqual([])
  })

  test('days are added once, after the weekdays, and taken away', () => {
    let list = withDay(withDay(toggled([], 4, 'morning'), '2026-12-02'), '2026-12-01')
    list = toggled(withDay(list, '2026-12-02'), 1, 'morning')
    expect(searchOf({ never: () => list }, {}).never).toBe(
      '1@00:00-12:00,4@00:00-12:00,2026-12-01,2026-12-02',
    )
    expect(neversText(without(list, { day: '2026-12-01', part: 'all' }))).toBe(
      '1@00:00-12:00,4@00:00-12:00,2026-12-02',
    )
  })
})

test('an address without seats or times says nothing of them', () => {
  expect(searchOf({ seats: () => [], never: () => [] }, { with: 'a', never: '2' })).toEqual({
    with: undefined,
    never: undefined,
  })
})

test('a change goes on from what stands in the address by then', () => {
  const before = { with: 'nurse', never: '2@12:00-23:59', mode: 'phone' }
  const seats = (list: readonly Seat[]) => [...list, { any: ['a'], outside: false, optional: true }]
  expect(searchOf({ seats }, before)).toEqual({ with: 'nurse,a?' })
  expect(searchOf({ never: (list) => toggled(list, 4, 'morning') }, before)).toEqual({
    never: '2@12:00-23:59,4@00:00-12:00',
  })
})

test.each([
  { one: 'a', other: 'a?', same: true },
  { one: 'interpreter:a|b', other: 'interpreter:a|b?', same: true },
  { one: 'a', other: 'a|b', same: false },
  { one: 'interpreter:outside', other: 'professional:outside', same: false },
])('$one and $other are the same seat: $same', ({ one, other, same }) => {
  const [left, right] = readSeats(`${one},${other}`)
  expect(left && right && isSame(left, right)).toBe(same)
})
