import { expect, test } from 'vitest'
import { leftUntil } from './left'

const now = new Date('2026-11-24T07:00:00Z')

test.each([
  ['2026-11-24T07:00:00Z', undefined],
  ['2026-11-24T07:00:00.001Z', { days: 0, hours: 0, minutes: 1 }],
  ['2026-11-24T07:15:00Z', { days: 0, hours: 0, minutes: 15 }],
  ['2026-11-24T08:00:00Z', { days: 0, hours: 1, minutes: 0 }],
  ['2026-11-25T09:12:00Z', { days: 1, hours: 2, minutes: 12 }],
])('until %s', (until, left) => {
  expect(leftUntil(until, now)).toEqual(left)
})
