import { expect, test } from 'vitest'
import { counts, SHOWN, stateOf, type TryRow } from './tries'

const row = (more: Partial<TryRow['try']>): Pick<TryRow, 'try'> => ({
  try: { id: 't', plannedAt: '2026-11-20T08:00:00Z', by: '2026-12-01', followUps: [], ...more },
})
const look = (days: number, use?: 'yes' | 'partly' | 'no') => ({
  days,
  due: '2026-12-20',
  open: false,
  text: '',
  ...(use && { use }),
})
const told = { toldAt: '2026-11-21T08:00:00Z', on: '2026-11-21' }

test('a row is counted where its state stands', () => {
  const rows = {
    planned: row({}),
    'tried, untold how': row(told),
    'tried, and it failed': row({ ...told, went: 'failed' }),
    'not tried': row({ toldAt: told.toldAt, went: 'not_tried' }),
    'in use after 30 days': row({ ...told, followUps: [look(30, 'yes'), look(90)] }),
    'partly after 30, no more after 90': row({ ...told, followUps: [look(30, 'partly'), look(90, 'no')] }),
    'unanswered after 30, in use after 90': row({ ...told, followUps: [look(30), look(90, 'yes')] }),
  }
  const where = Object.fromEntries(
    Object.entries(rows).map(([name, one]) => [name, SHOWN.filter((shown) => counts(one, shown))]),
  )
  expect(where).toEqual({
    planned: ['planned'],
    'tried, untold how': ['tried'],
    'tried, and it failed': ['tried'],
    'not tried': [],
    'in use after 30 days': ['tried', 'after30'],
    'partly after 30, no more after 90': ['tried', 'after30'],
    'unanswered after 30, in use after 90': ['tried', 'after90'],
  })
  expect(Object.values(rows).every((one) => counts(one, undefined))).toBe(true)
  expect(stateOf(rows['not tried'])).toBe('notTried')
})
