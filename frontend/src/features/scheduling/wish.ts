import { addDays, dayOf, daysBetween, readDay } from '../../shared/dates/dates'
import type { Doctor, TimesWish } from './api'

export const LENGTHS = [30, 45, 60, 90] as const
/** The usual lengths, and the one that something has already. */
export function lengthsWith(length: number | undefined): number[] {
  return [...new Set<number>([...LENGTHS, length ?? LENGTHS[0]])].sort((a, b) => a - b)
}

const USUAL_DAYS = 28
const MOST_DAYS = 92

export type Search = { doctor?: string; unit?: string; minutes?: string; from?: string; to?: string }

/**
 * What the page's address asks for, with everything that is missing or makes no sense filled in: a doctor who is not
 * in the list is the first one, days that are over begin today, and a span is never longer than the server searches.
 */
export function wishOf(
  search: Search,
  doctors: readonly Doctor[],
  others: string[],
  now: Date,
): TimesWish | undefined {
  const doctor =
    doctors.find((one) => one.person === search.doctor && one.unit === search.unit) ??
    doctors.find((one) => one.person === search.doctor) ??
    doctors[0]
  if (doctor === undefined) return undefined
  const today = dayOf(now)
  const asked = readDay(search.from ?? '')
  const from = asked !== undefined && asked > today ? asked : today
  const until = readDay(search.to ?? '') ?? addDays(from, USUAL_DAYS)
  const span = Math.max(0, Math.min(MOST_DAYS - 1, daysBetween(from, until)))
  return {
    doctor: doctor.person,
    unit: doctor.unit,
    minutes: LENGTHS.find((length) => String(length) === search.minutes),
    from,
    to: addDays(from, span),
    with: others,
  }
}
