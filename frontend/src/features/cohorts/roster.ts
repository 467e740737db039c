import type { Roster, RosterRow } from './rosterApi'

/** What a count filters by. */
export const FILTERS = ['waiting', 'behind', 'away', 'complete', 'invited'] as const
export type Filter = (typeof FILTERS)[number]

export type Order = 'name' | 'percent' | 'seen'

export const passes = (row: RosterRow, filter: Filter | undefined): boolean =>
  filter === undefined || (filter === 'waiting' ? row.waiting > 0 : row[filter])

/** The learners that are looked at: a trainer's own and whoever has no trainers of their own, everybody, or one small group. */
export const MINE = 'mine'
export const ALL = 'all'

/** What is looked at when nothing was chosen: one's own, for whoever has a small group. */
export function groupOf(chosen: string | undefined, roster: Pick<Roster, 'grouped' | 'groups'>): string {
  if (chosen === ALL || (chosen === MINE && roster.grouped)) return chosen
  if (roster.groups.some((one) => one.id === chosen)) return chosen ?? ALL
  return roster.grouped ? MINE : ALL
}

export function inGroup(row: RosterRow, group: string): boolean {
  if (group === ALL) return true
  return group === MINE ? row.mine : row.group === group
}

/** The server's order is by name. Who was never seen is longest away; who is only invited stands last. */
export function ordered(rows: readonly RosterRow[], order: Order): RosterRow[] {
  if (order === 'name') return [...rows]
  return [...rows].sort(
    (a, b) =>
      Number(a.invited) - Number(b.invited) ||
      (order === 'percent' ? a.percent - b.percent : (a.lastSeen ?? '').localeCompare(b.lastSeen ?? '')),
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
