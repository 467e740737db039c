import type { Roster, RosterRow } from './rosterApi'

/** What a count filters by. */
export const FILTERS = ['waiting', 'behind', 'away', 'complete'] as const
export type Filter = (typeof FILTERS)[number]

export type Order = 'name' | 'percent' | 'seen'

export const passes = (row: RosterRow, filter: Filter | undefined): boolean =>
  filter === undefined || (filter === 'waiting' ? row.waiting > 0 : row[filter])

/** The small groups that are looked at: one of them, those the reader has, or everybody. */
export const MINE = 'mine'

export function inGroup(row: RosterRow, group: string, groups: Roster['groups']): boolean {
  if (group === '') return true
  if (group === MINE) return groups.some((one) => one.mine && one.id === row.group)
  return row.group === group
}

/** The server's order is by name. Who was never seen is longest away. */
export function ordered(rows: readonly RosterRow[], order: Order): RosterRow[] {
  if (order === 'name') return [...rows]
  return [...rows].sort((a, b) =>
    order === 'percent' ? a.percent - b.percent : (a.lastSeen ?? '').localeCompare(b.lastSeen ?? ''),
  )
}

/** Where the same learners are as a table for a spreadsheet: the server narrows by the same things as the page. */
export function rosterFile(
  cohort: string,
  wanted: { only: Filter | undefined; group: string; q: string },
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value)
  const asked = query.toString()
  return `/api/cohorts/${encodeURIComponent(cohort)}/roster/file${asked && `?${asked}`}`
}
