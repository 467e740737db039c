import { dayOf } from '../../shared/dates/dates'
import type { Appointment } from './api'

export type Day = { day: string; appointments: Appointment[] }

/** Appointments by Finnish calendar day, in order of time. */
export function byDay(appointments: readonly Appointment[]): Day[] {
  const days: Day[] = []
  for (const appointment of [...appointments].sort((a, b) => a.start.localeCompare(b.start))) {
    const day = dayOf(appointment.start)
    const last = days.at(-1)
    if (last?.day === day) last.appointments.push(appointment)
    else days.push({ day, appointments: [appointment] })
  }
  return days
}

/** Those that are still to come (or under way) and stand. */
export function coming(appointments: readonly Appointment[], now: Date): Appointment[] {
  return appointments.filter(
    (appointment) =>
      ['booked', 'arrived', 'started'].includes(appointment.state) && new Date(appointment.end) > now,
  )
}

/** Those that have begun, and nobody has written what they came to. */
export function unwritten(appointments: readonly Appointment[], now: Date): Appointment[] {
  return appointments.filter(
    (appointment) =>
      ['booked', 'arrived', 'started', 'fulfilled'].includes(appointment.state) &&
      new Date(appointment.start) <= now &&
      !appointment.written,
  )
}

/** Those that wait for somebody's answer. */
export function waiting(appointments: readonly Appointment[], now: Date): Appointment[] {
  return appointments.filter(
    (appointment) =>
      ['asked', 'offered'].includes(appointment.state) && new Date(appointment.expires ?? 0) > now,
  )
}

/** Those that the doctor declined with other times that can still be taken. */
export function withProposals(appointments: readonly Appointment[], now: Date): Appointment[] {
  return appointments.filter(
    (appointment) =>
      appointment.state === 'declined' &&
      appointment.next === undefined &&
      (appointment.proposed ?? []).some((start) => new Date(start) > now),
  )
}
