import { describe, expect, test } from 'vitest'
import {
  addDays,
  clock,
  clockOf,
  clockRange,
  dayOf,
  daysAgo,
  daysBetween,
  longDay,
  readClock,
  readDay,
  shortDay,
  shortMoment,
  weekdayDay,
  weekdayName,
} from './dates'
import { byName, number, percent } from './numbers'

describe('the Finnish day and hour of an instant, whatever the time zone of the device', () => {
  test.each([
    { instant: '2026-01-15T22:30:00Z', day: '2026-01-16', time: '00:30' },
    { instant: '2026-07-15T20:59:59Z', day: '2026-07-15', time: '23:59' },
    { instant: '2026-07-15T21:00:00Z', day: '2026-07-16', time: '00:00' },
    // Spring: 03:00 becomes 04:00 on 29 March.
    { instant: '2026-03-29T00:59:00Z', day: '2026-03-29', time: '02:59' },
    { instant: '2026-03-29T01:00:00Z', day: '2026-03-29', time: '04:00' },
    // Autumn: 03:30 comes twice on 25 October.
    { instant: '2026-10-25T00:30:00Z', day: '2026-10-25', time: '03:30' },
    { instant: '2026-10-25T01:30:00Z', day: '2026-10-25', time: '03:30' },
  ])('$instant is $day at $time', ({ instant, day, time }) => {
    expect(dayOf(instant)).toBe(day)
    expect(clockOf(instant)).toBe(time)
  })
})

test('days and times are written the way each language does', () => {
  expect(longDay('2026-11-24', 'fi')).toBe('tiistai 24. marraskuuta')
  expect(longDay('2026-11-24', 'sv')).toBe('tisdag 24 november')
  expect(longDay('2026-11-24', 'en')).toBe('Tuesday 24 November')
  expect(shortDay('2026-11-24', 'fi')).toBe('24.11.2026')
  expect(weekdayDay('2026-11-24', 'fi')).toBe('ti 24.11.')
  expect(weekdayDay('2026-11-24', 'sv')).toBe('tis 24.11')
  expect(weekdayDay('2026-11-24', 'en')).toBe('Tue 24 Nov')
  expect(clock('09:05', 'fi')).toBe('9.05')
  expect(clock('09:05', 'en')).toBe('9:05')
  expect(clockRange('2026-11-24T07:00:00Z', '2026-11-24T07:45:00Z', 'fi')).toBe('9.00–9.45')
  expect(shortMoment('2026-11-24T07:00:00Z', 'fi')).toBe('24.11.2026 klo\u00a09.00')
  expect(shortMoment('2026-11-24T07:00:00Z', 'sv')).toBe('24.11.2026 kl.\u00a09.00')
  expect(shortMoment('2026-11-24T07:00:00Z', 'en')).toBe('24/11/2026 at\u00a09:00')
  expect(weekdayName(1, 'fi')).toBe('maanantai')
  expect(weekdayName(7, 'sv')).toBe('söndag')
})

test('numbers and names are too', () => {
  expect(number(6.8, 'fi')).toBe('6,8')
  expect(number(6.8, 'en')).toBe('6.8')
  expect(percent(33, 'fi')).toBe('33\u00a0%')
  expect(percent(33, 'en')).toBe('33%')
  expect(['Öberg', 'Aalto', 'Zilliacus', 'Ärje', 'Åkesson'].sort(byName('fi'))).toEqual([
    'Aalto',
    'Zilliacus',
    'Åkesson',
    'Ärje',
    'Öberg',
  ])
})

test('days are counted on the calendar, also over the clock changes', () => {
  expect(addDays('2026-03-28', 1)).toBe('2026-03-29')
  expect(addDays('2026-03-29', 1)).toBe('2026-03-30')
  expect(addDays('2026-10-25', -1)).toBe('2026-10-24')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(daysBetween('2026-10-26', '2026-10-24')).toBe(-2)
})

test('"ago" counts calendar days: yesterday evening is yesterday this morning', () => {
  const now = new Date('2026-11-24T06:00:00Z')
  expect(daysAgo('2026-11-23T20:00:00Z', now, 'fi')).toBe('eilen')
  expect(daysAgo('2026-11-24T05:00:00Z', now, 'fi')).toBe('tänään')
  expect(daysAgo('2026-11-14T05:00:00Z', now, 'fi')).toBe('10 päivää sitten')
})

describe('what people type', () => {
  test.each([
    { typed: '24.11.2026', want: '2026-11-24' },
    { typed: ' 1.2.26 ', want: '2026-02-01' },
    { typed: '2026-11-24', want: '2026-11-24' },
    { typed: '29.2.2028', want: '2028-02-29' },
    { typed: '29.2.2026', want: undefined },
    { typed: '31.4.2026', want: undefined },
    { typed: '24/11/2026', want: undefined },
    { typed: '', want: undefined },
  ])('day "$typed"', ({ typed, want }) => {
    expect(readDay(typed)).toBe(want)
  })

  test.each([
    { typed: '9', want: '09:00' },
    { typed: '9.30', want: '09:30' },
    { typed: '09:05', want: '09:05' },
    { typed: '0930', want: '09:30' },
    { typed: '24.00', want: undefined },
    { typed: '9.60', want: undefined },
    { typed: '9,30', want: undefined },
    { typed: 'yhdeksän', want: undefined },
  ])('time "$typed"', ({ typed, want }) => {
    expect(readClock(typed)).toBe(want)
  })
})
