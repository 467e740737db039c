import { addDays, dayOf, daysBetween, readDay } from '../../../shared/dates/dates'
import { type Doctor, MODES, type Mode } from '../api'
import { LENGTHS } from '../lengths'
import { type Never, neversText, readNever } from './never'
import type { Search } from './search'
import { readSeats, type Seat, seatsText } from './seats'

const USUAL_DAYS = 28
const MOST_DAYS = 92

export type Wish = {
  /** Without one, any doctor of the unit. */
  doctor: string | undefined
  unit: string
  mode: Mode
  /** The length; without one, as long as the doctor's own times are. */
  minutes: number | undefined
  from: string
  to: string
  seats: Seat[]
  never: Never[]
  case: string | undefined
}

/** A unit with its doctors, in the order of names. */
export type Practice = { unit: string; unitName: string; doctors: Doctor[] }

export function practicesOf(doctors: readonly Doctor[]): Practice[] {
  const practices: Practice[] = []
  for (const doctor of doctors) {
    const known = practices.find((one) => one.unit === doctor.unit)
    if (known) known.doctors.push(doctor)
    else practices.push({ unit: doctor.unit, unitName: doctor.unitName, doctors: [doctor] })
  }
  return practices
}

/**
 * What the page's address asks for, with everything that is missing or makes no sense filled in: without a doctor it is
 * any of the unit, a unit that is not there is the one with most doctors, days that are over begin today, and a span
 * is never longer than the server searches.
 */
export function wishOf(search: Search, doctors: readonly Doctor[], now: Date): Wish | undefined {
  const practices = practicesOf(doctors)
  const doctor =
    doctors.find((one) => one.person === search.doctor && one.unit === search.unit) ??
    doctors.find((one) => one.person === search.doctor)
  const practice =
    practices.find((one) => one.unit === (doctor?.unit ?? search.unit)) ??
    practices.reduce<Practice | undefined>(
      (most, one) => (most === undefined || one.doctors.length > most.doctors.length ? one : most),
      undefined,
    )
  if (practice === undefined) return undefined
  const today = dayOf(now)
  const asked = readDay(search.from ?? '')
  const from = asked !== undefined && asked > today ? asked : today
  const until = readDay(search.to ?? '') ?? addDays(from, USUAL_DAYS)
  const span = Math.max(0, Math.min(MOST_DAYS - 1, daysBetween(from, until)))
  return {
    doctor: doctor?.person ?? (practice.doctors.length === 1 ? practice.doctors[0]?.person : undefined),
    unit: practice.unit,
    mode: MODES.find((mode) => mode === search.mode) ?? 'on_site',
    minutes: LENGTHS.find((length) => String(length) === search.minutes),
    from,
    to: addDays(from, span),
    seats: readSeats(search.with),
    never: readNever(search.never),
    case: search.case,
  }
}

type Change<T> = (before: readonly T[]) => readonly T[]

/**
 * What a change of the wish is in the address, from what stands there when it is made: the page may still show what stood
 * there before.
 */
export function searchOf(change: { seats?: Change<Seat>; never?: Change<Never> }, before: Search): Search {
  return {
    ...(change.seats && { with: seatsText(change.seats(readSeats(before.with))) }),
    ...(change.never && { never: neversText(change.never(readNever(before.never))) }),
  }
}
