import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { hasRole } from '../../shared/session/roles'
import { useRoleName } from '../../shared/session/useRoleName'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Notice } from '../../shared/ui/states'
import { type Appointment, appointmentQuery } from './api'
import { CancelDialog } from './CancelDialog'
import { useModeName, useReasonName } from './names'
import { canCancel } from './permissions'
import { When } from './When'

const route = getRouteApi('/in/appointments/$appointment')

export function AppointmentPage() {
  const { appointment } = route.useParams()
  const query = useQuery(appointmentQuery(appointment))
  return <LoadedPage query={query}>{(data) => <AppointmentView appointment={data} />}</LoadedPage>
}

function AppointmentView({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const modeName = useModeName()
  const reasonName = useReasonName()
  const roleName = useRoleName()
  const [cancelling, setCancelling] = useState(false)
  const others = appointment.participants.filter((one) => one.person !== appointment.doctor.person)
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
    >
      {appointment.state === 'cancelled' && appointment.cancelled && (
        <Notice kind="bad" live title={t('scheduling.isCancelled')}>
          <p>
            {shortMoment(appointment.cancelled.at, language)} · {reasonName(appointment.cancelled.reason)}
          </p>
        </Notice>
      )}
      <dl className="facts card">
        <dt>{t('roles.doctor')}</dt>
        <dd>{appointment.doctor.name}</dd>
        <dt>{t('scheduling.participants')}</dt>
        <dd>
          <ul className="plain-list">
            {others.map((one) => (
              <li key={one.person}>
                {one.name}, {roleName(one.role)}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{t('scheduling.unit')}</dt>
        <dd>{appointment.unitName}</dd>
        <dt>{t('scheduling.mode')}</dt>
        <dd>{modeName(appointment.mode)}</dd>
        <dt>{t('scheduling.reference')}</dt>
        <dd>{appointment.reference}</dd>
      </dl>
      {appointment.state === 'booked' && (
        <>
          <p className="quiet">{t('scheduling.invitationMailed')}</p>
          <div className="row">
            <a
              className="button-link button-link-light"
              href={`/api/appointments/${encodeURIComponent(appointment.id)}/calendar`}
              download="luotsi.ics"
            >
              {t('scheduling.addToCalendar')}
            </a>
            {canCancel(me, appointment, new Date()) && (
              <Button variant="secondary" onClick={() => setCancelling(true)}>
                {t('scheduling.cancel')}
              </Button>
            )}
          </div>
        </>
      )}
      {cancelling && <CancelDialog appointment={appointment} onClose={() => setCancelling(false)} />}
    </Page>
  )
}
