import { hasRole, type WithGrants } from '../../shared/session/roles'
import type { Appointment } from './api'

type Person = WithGrants & { id: string }

export function canBook(person: WithGrants): boolean {
  return hasRole(person, 'coordinator')
}

/** Whoever comes along in others' hours keeps some of their own. */
export function comesAlong(person: WithGrants): boolean {
  return hasRole(person, 'coordinator', 'professional')
}

/** A coming appointment may be cancelled by whoever takes part in it, and by a scheduler of its unit. */
export function canCancel(person: Person, appointment: Appointment, now: Date): boolean {
  if (appointment.state !== 'booked' || new Date(appointment.start) <= now) return false
  return (
    appointment.doctor.person === person.id ||
    appointment.participants.some((participant) => participant.person === person.id) ||
    person.grants.some((grant) => grant.role === 'scheduler' && grant.unit === appointment.unit)
  )
}
