import { dayOf } from '../../../shared/dates/dates'
import type { Appointment } from '../api'

const AGREED = new Set(['booked', 'arrived', 'started', 'fulfilled', 'noshow'])
const OPEN = new Set(['booked', 'arrived', 'started'])

/** A client can have arrived from an hour before; nothing else happens before the start. */
const EARLY = 60 * 60_000

export type Parts = {
  /** Of days that are over, and nobody has said what became of them, or written what they came to. */
  unmarked: Appointment[]
  today: Appointment[]
  later: Appointment[]
}

/** The doctor's agreed appointments by what there is to do about them. What is kept stays, though nothing is left to do about it. */
export function partsOf(
  appointments: readonly Appointment[],
  now: Date,
  kept: ReadonlySet<string> = new Set(),
): Parts {
  const today = dayOf(now)
  const agreed = appointments
    .filter(({ state }) => AGREED.has(state))
    .sort((a, b) => a.start.localeCompare(b.start))
  return {
    unmarked: agreed.filter(
      (one) => dayOf(one.start) < today && (OPEN.has(one.state) || unwritten(one) || kept.has(one.id)),
    ),
    today: agreed.filter(({ start }) => dayOf(start) === today),
    later: agreed.filter(({ start }) => dayOf(start) > today),
  }
}

/** A meeting that took place, and nobody has written what it came to. */
function unwritten({ state, written }: Appointment): boolean {
  return state === 'fulfilled' && !written
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
