import { dayOf } from '../../../shared/dates/dates'
import type { Appointment } from '../api'

const AGREED = new Set(['booked', 'arrived', 'started', 'fulfilled', 'noshow'])
const OPEN = new Set(['booked', 'arrived', 'started'])

/** A client can have arrived from an hour before; nothing else happens before the start. */
const EARLY = 60 * 60_000

export type Parts = {
  /** Of days that are over, and nobody has said what became of them. */
  unmarked: Appointment[]
  today: Appointment[]
  later: Appointment[]
}

/** The doctor's agreed appointments by what there is to do about them. */
export function partsOf(appointments: readonly Appointment[], now: Date): Parts {
  const today = dayOf(now)
  const agreed = appointments
    .filter(({ state }) => AGREED.has(state))
    .sort((a, b) => a.start.localeCompare(b.start))
  return {
    unmarked: agreed.filter(({ start, state }) => dayOf(start) < today && OPEN.has(state)),
    today: agreed.filter(({ start }) => dayOf(start) === today),
    later: agreed.filter(({ start }) => dayOf(start) > today),
  }
}

export type Markable = 'arrived' | 'noshow' | 'fulfilled'

/** What can be said of an appointment at that moment, in the order in which it happens. */
export function marksAt(appointment: { start: string; state: string }, now: Date): Markable[] {
  const until = new Date(appointment.start).getTime() - now.getTime()
  const begun = until <= 0
  switch (appointment.state) {
    case 'booked':
      if (begun) return ['arrived', 'noshow', 'fulfilled']
      return until <= EARLY ? ['arrived'] : []
    case 'arrived':
    case 'started':
      return begun ? ['fulfilled'] : []
    default:
      return []
  }
}
