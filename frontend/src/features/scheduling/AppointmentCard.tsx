import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { clockOf, clockRange } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Appointment } from './api'
import { stateTag, useStateName } from './appointment/names'
import { useModeName } from './names'

/** One joint appointment in a list: when, with whom, where. */
export function AppointmentCard({ appointment, me }: { appointment: Appointment; me: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const modeName = useModeName()
  const stateName = useStateName()
  const others = othersOf(appointment, me)
  return (
    <Link
      to="/appointments/$appointment"
      params={{ appointment: appointment.id }}
      className={
        ['cancelled', 'declined'].includes(appointment.state)
          ? 'appointment appointment-cancelled'
          : 'appointment'
      }
    >
      <time className="appointment-time" dateTime={clockOf(appointment.start)}>
        {clockRange(appointment.start, appointment.end, language)}
      </time>
      <span className="appointment-who">
        <strong>{others.join(', ')}</strong>
        <span className="quiet">
          {modeName(appointment.mode)} · {appointment.unitName} ·{' '}
          <span className="nowrap">
            {t('scheduling.reference')} {appointment.reference}
          </span>
        </span>
      </span>
      {appointment.state !== 'booked' ? (
        <span className={stateTag(appointment.state)}>{stateName(appointment.state)}</span>
      ) : (
        appointment.participants.some((one) => one.answer === 'declined') && (
          <span className="tag tag-bad">{t('appointment.someoneDeclined')}</span>
        )
      )}
    </Link>
  )
}

/** The names of everybody but the reader, the doctor first. */
function othersOf(appointment: Appointment, me: string): string[] {
  const names = appointment.doctor.person === me ? [] : [appointment.doctor.name]
  for (const participant of appointment.participants) {
    if (
      participant.name !== '' &&
      participant.person !== me &&
      participant.person !== appointment.doctor.person
    )
      names.push(participant.name)
  }
  return names
}
