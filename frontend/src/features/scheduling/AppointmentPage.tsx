import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clockRange, dayOf, shortMoment, weekdayDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { hasRole } from '../../shared/session/roles'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Appointment, appointmentQuery } from './api'
import { usePatientSystem } from './appointment/api'
import { Marks } from './appointment/Marks'
import { MyAnswer } from './appointment/MyAnswer'
import { stateTag, useStateName } from './appointment/names'
import { Participants } from './appointment/Participants'
import { StateNotice } from './appointment/StateNotice'
import { CancelDialog } from './CancelDialog'
import { CaseSection } from './cases/CaseSection'
import { StandInNotice } from './deputies/StandIn'
import { useModeName } from './names'
import { answersFor, canAnswer, canCancel, canMove, isSure, marksNow } from './permissions'
import { When } from './When'
import './scheduling.css'
import './booking/booking.css'
import './appointment/appointment.css'

const route = getRouteApi('/in/appointments/$appointment')

export function AppointmentPage() {
  const { appointment } = route.useParams()
  const query = useQuery(appointmentQuery(appointment))
  return <LoadedPage query={query}>{(data) => <AppointmentView appointment={data} />}</LoadedPage>
}

function AppointmentView({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const me = useMe()
  const modeName = useModeName()
  const stateName = useStateName()
  const [cancelling, setCancelling] = useState(false)
  const now = new Date()
  const marks = marksNow(me, appointment, now)
  const sure = isSure(appointment)
  return (
    <Page
      title={t('scheduling.jointAppointment')}
      width="text"
      back={
        hasRole(me, 'doctor')
          ? { to: '/today', text: t('nav.today') }
          : { to: '/appointments', text: t('scheduling.mine') }
      }
      lead={<When slot={appointment} withYear />}
      aside={<span className={stateTag(appointment.state)}>{stateName(appointment.state)}</span>}
    >
      <StateNotice appointment={appointment} />
      <StandInNotice appointment={appointment} />
      {canAnswer(me, appointment, now) && <MyAnswer appointment={appointment} me={me.id} />}
      {marks.length > 0 && <Marks appointment={appointment} marks={marks} />}
      <CaseSection id={appointment.case} appointment={appointment.id} />
      <Participants appointment={appointment} />
      <section className="stack" aria-labelledby="details">
        <h2 id="details">{t('appointment.details')}</h2>
        <dl className="facts card">
          <dt>{t('scheduling.unit')}</dt>
          <dd>{appointment.unitName}</dd>
          <dt>{t('scheduling.mode')}</dt>
          <dd>{modeName(appointment.mode)}</dd>
          <dt>{t('scheduling.reference')}</dt>
          <dd>{appointment.reference}</dd>
          {sure && (
            <>
              <dt>{t('appointment.patientSystem')}</dt>
              <dd>
                <PatientSystem appointment={appointment} mine={answersFor(me, appointment) === 'doctor'} />
              </dd>
            </>
          )}
        </dl>
        {appointment.state === 'booked' && <p className="quiet">{t('scheduling.invitationMailed')}</p>}
      </section>
      <div className="appointment-actions">
        {canMove(me, appointment, now) && (
          <Link
            to="/appointments/$appointment/move"
            params={{ appointment: appointment.id }}
            className="button-link button-link-light"
          >
            {t('appointment.move')}
          </Link>
        )}
        {sure && (
          <a
            className="button-link button-link-light"
            href={`/api/appointments/${encodeURIComponent(appointment.id)}/calendar`}
            download="luotsi.ics"
          >
            {t('scheduling.addToCalendar')}
          </a>
        )}
        {canCancel(me, appointment, now) && (
          <Button variant="secondary" onClick={() => setCancelling(true)}>
            {t('scheduling.cancel')}
          </Button>
        )}
      </div>
      <Moves appointment={appointment} />
      {cancelling && <CancelDialog appointment={appointment} onClose={() => setCancelling(false)} />}
    </Page>
  )
}

function PatientSystem({ appointment, mine }: { appointment: Appointment; mine: boolean }) {
  const { t } = useTranslation()
  const mark = usePatientSystem(appointment.id)
  const done = appointment.patientSystem
  return (
    <div className="row">
      <span className={done ? 'tag tag-good' : 'tag tag-bad'}>
        {done ? t('appointment.inPatientSystem') : t('appointment.notInPatientSystem')}
      </span>
      {mine && (
        <Button variant="secondary" aria-disabled={mark.busy} onClick={() => mark.start(!done)}>
          {done ? t('appointment.unmarkInPatientSystem') : t('appointment.markInPatientSystem')}
        </Button>
      )}
      <WriteNotice write={mark} />
    </div>
  )
}

/** Where the appointment was before, the latest move first. */
function Moves({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const moves = appointment.moves ?? []
  if (moves.length === 0) return null
  return (
    <section className="stack" aria-labelledby="moves">
      <h2 id="moves">{t('appointment.history')}</h2>
      <ul className="stack-small">
        {moves.toReversed().map((move) => (
          <li key={move.at}>
            {t('appointment.movedBy', {
              at: shortMoment(move.at, language),
              name: move.by,
              when: `${weekdayDay(dayOf(move.start), language)} ${t('scheduling.atClock', { range: clockRange(move.start, move.end, language) })}`,
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}
