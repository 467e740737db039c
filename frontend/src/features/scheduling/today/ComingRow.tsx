import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clockRange } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import type { Appointment } from '../api'
import { CaseSection } from '../cases/CaseSection'
import { useModeName } from '../names'
import { MARKS, useMark, usePatientSystem } from './api'
import { marksAt } from './days'
import { useSeatName } from './words'

/** One agreed appointment: its time and whether it is in the patient system; a tap opens the rest. */
export function ComingRow({ appointment, me, now }: { appointment: Appointment; me: string; now: Date }) {
  const language = useLanguage()
  const modeName = useModeName()
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const more = useId()
  const others = appointment.participants.filter((one) => one.person !== me && one.name !== '')
  return (
    <article className="coming-row">
      <div className="coming-head">
        <button
          type="button"
          className="coming-open"
          aria-expanded={open}
          aria-controls={more}
          onClick={() => setOpen(!open)}
        >
          <span className="appointment-time">{clockRange(appointment.start, appointment.end, language)}</span>
          <span className="appointment-who">
            <strong>{others.map(({ name }) => name).join(', ')}</strong>
            <span className="quiet">
              {modeName(appointment.mode)} · {appointment.unitName} ·{' '}
              <span className="nowrap">
                {t('scheduling.reference')} {appointment.reference}
              </span>
            </span>
          </span>
          <span className="coming-arrow" aria-hidden="true" />
        </button>
        <PatientSystem appointment={appointment} />
      </div>
      <Marks appointment={appointment} now={now} />
      <div id={more} hidden={!open}>
        {open && <More appointment={appointment} />}
      </div>
    </article>
  )
}

/** Red until somebody has said that the time is booked in the patient system too. */
function PatientSystem({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const write = usePatientSystem(appointment.id)
  const [wish, setWish] = useState(false)
  const done = write.busy ? wish : appointment.patientSystem
  if (appointment.state === 'noshow') return null
  return (
    <div className="patient-system">
      {/* The words beside the box say it too, so the sign is not read twice. */}
      <span className={done ? 'tag tag-good' : 'tag tag-bad'} aria-hidden="true">
        {done ? t('today.inPatientSystem') : t('today.notInPatientSystem')}
      </span>
      <label className="patient-system-tick">
        <input
          type="checkbox"
          checked={done}
          onChange={({ target }) => {
            setWish(target.checked)
            write.start(target.checked)
          }}
        />
        <span>{t('today.tickPatientSystem')}</span>
      </label>
      <WriteNotice write={write} />
    </div>
  )
}

/** What became of the appointment, with one tap; the tap can be taken back. */
function Marks({ appointment, now }: { appointment: Appointment; now: Date }) {
  const { t } = useTranslation()
  const write = useMark(appointment.id)
  const marks = marksAt(appointment, now)
  const said = MARKS.find((mark) => mark === appointment.state)
  if (marks.length === 0 && said === undefined && write.problem === undefined) return null
  return (
    <div className="coming-marks">
      {said && (
        <p className={said === 'noshow' ? 'tag tag-bad' : 'tag tag-good'} role="status">
          {t(`today.marks.${said}`)}
        </p>
      )}
      {marks.map((mark) => (
        <Button key={mark} variant="secondary" aria-disabled={write.busy} onClick={() => write.start(mark)}>
          {t(`today.marks.${mark}`)}
        </Button>
      ))}
      {said && (
        <Button variant="secondaryNoBorder" aria-disabled={write.busy} onClick={() => write.start('booked')}>
          {t('today.undo')}
        </Button>
      )}
      <WriteNotice write={write} />
    </div>
  )
}

function More({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const seatName = useSeatName()
  return (
    <div className="coming-more stack">
      <ul className="plain-list">
        {appointment.participants.map((one) => (
          <li key={`${one.role} ${one.person} ${one.name}`}>
            {one.name === ''
              ? seatName(one.role)
              : `${one.name}, ${seatName(one.role).toLocaleLowerCase(language)}`}{' '}
            {one.answer === 'declined' && <span className="tag tag-bad">{t('today.cannotCome')}</span>}
          </li>
        ))}
      </ul>
      <CaseSection id={appointment.case} appointment={appointment.id} ready />
      <div>
        <Link to="/appointments/$appointment" params={{ appointment: appointment.id }}>
          {t('today.openAppointment')}
        </Link>
      </div>
    </div>
  )
}
