import { hasRole, type WithGrants } from '../../shared/session/roles'
import type { Appointment } from './api'
import type { Mark } from './appointment/api'

type Person = WithGrants & { id: string }

/** A client can be there this long before the time, and not earlier. */
const EARLY_MS = 60 * 60_000
const LATE_MS = 24 * 60 * 60_000

export function canBook(person: WithGrants): boolean {
  return hasRole(person, 'coordinator')
}

/** Whoever comes along in others' hours keeps some of their own. */
export function comesAlong(person: WithGrants): boolean {
  return hasRole(person, 'coordinator', 'professional')
}

function keepsCalendars(person: Person, appointment: Appointment): boolean {
  return person.grants.some((grant) => grant.role === 'scheduler' && grant.unit === appointment.unit)
}

function takesPart(person: Person, appointment: Appointment): boolean {
  return (
    appointment.doctor.person === person.id ||
    appointment.participants.some((participant) => participant.person === person.id)
  )
}

/** Whoever made an appointment acts on it, and whoever keeps calendars in its unit. */
export function manages(person: Person, appointment: Appointment): boolean {
  return appointment.bookedBy === person.id || keepsCalendars(person, appointment)
}

/** Whom a person speaks for: themself, or the doctor whose calendar they keep. */
export function answersFor(person: Person, appointment: Appointment): 'doctor' | 'self' | undefined {
  if (appointment.doctor.person === person.id) return 'doctor'
  if (takesPart(person, appointment)) return 'self'
  return keepsCalendars(person, appointment) ? 'doctor' : undefined
}

/** Agreed on: it was booked and has not been called off. */
export function isSure(appointment: Appointment): boolean {
  return ['booked', 'arrived', 'started', 'fulfilled', 'noshow'].includes(appointment.state)
}

/** An appointment that is asked for or stands may be cancelled until it begins, by whoever has to do with it. */
export function canCancel(person: Person, appointment: Appointment, now: Date): boolean {
  return (
    ['booked', 'asked'].includes(appointment.state) &&
    new Date(appointment.start) > now &&
    (takesPart(person, appointment) || manages(person, appointment))
  )
}

/** Less than a day before is late. */
export function wouldBeLate(appointment: Appointment, now: Date): boolean {
  return appointment.state !== 'asked' && new Date(appointment.start).getTime() - now.getTime() < LATE_MS
}

export function canMove(person: Person, appointment: Appointment, now: Date): boolean {
  return appointment.state === 'booked' && !appointment.moving && canCancel(person, appointment, now)
}

/** Who is not the doctor says here whether they come; the doctor does on the page of today. */
export function canAnswer(person: Person, appointment: Appointment, now: Date): boolean {
  return (
    ['booked', 'asked'].includes(appointment.state) &&
    new Date(appointment.start) > now &&
    answersFor(person, appointment) === 'self'
  )
}

/** What can have become of it by now. */
export function marksNow(person: Person, appointment: Appointment, now: Date): Mark[] {
  const start = new Date(appointment.start).getTime()
  if (!isSure(appointment) || !(takesPart(person, appointment) || manages(person, appointment))) return []
  if (now.getTime() < start - EARLY_MS) return []
  return now.getTime() < start ? ['arrived'] : ['arrived', 'noshow', 'fulfilled']
}
