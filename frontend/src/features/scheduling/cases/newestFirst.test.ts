import { expect, test } from 'vitest'
import { newestFirst } from './newestFirst'

test.each([
  { name: 'none', seconds: [], want: [] },
  { name: 'later first', seconds: ['07', '09', '08'], want: [1, 2, 0] },
  { name: 'of one moment the last given', seconds: ['07', '07', '07'], want: [2, 1, 0] },
  { name: 'a whole second is before its fractions', seconds: ['07', '07.5'], want: [1, 0] },
  { name: 'in whatever order they are given', seconds: ['07.5', '07'], want: [0, 1] },
  { name: 'fractions as long as they are', seconds: ['07.12', '07.123', '07.1'], want: [1, 0, 2] },
])('$name', ({ seconds, want }) => {
  const lines = seconds.map((second, n) => ({ at: `2026-11-24T07:00:${second}Z`, n }))
  expect(newestFirst(lines).map(({ n }) => n)).toEqual(want)
})
