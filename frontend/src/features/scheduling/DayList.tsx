import { longDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { AppointmentCard } from './AppointmentCard'
import type { Appointment } from './api'
import { byDay } from './days'
import './scheduling.css'

/** Appointments under a heading for each day. */
export function DayList({ appointments, me }: { appointments: readonly Appointment[]; me: string }) {
  const language = useLanguage()
  return (
    <div className="stack-wide">
      {byDay(appointments).map(({ day, appointments: ofDay }) => (
        <div key={day} className="stack">
          <h3 className="day-heading">{longDay(day, language)}</h3>
          <ul className="plain-list stack-small">
            {ofDay.map((appointment) => (
              <li key={appointment.id}>
                <AppointmentCard appointment={appointment} me={me} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
