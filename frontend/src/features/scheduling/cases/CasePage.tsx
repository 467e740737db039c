import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clockRange, dayOf, longDay, shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { hasRole } from '../../../shared/session/roles'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { ConsultationLine } from '../consultations/ConsultationLine'
import { type CaseFile, caseQuery, useCloseCase } from './api'
import { Consents } from './Consents'
import { History } from './History'
import { MeetingSection } from './MeetingSection'
import { QuestionSection } from './QuestionSection'
import './cases.css'

const route = getRouteApi('/in/cases/$case')

/** Everything that is written about a client's matter. */
export function CasePage() {
  const { case: id } = route.useParams()
  const query = useQuery(caseQuery(id))
  return <LoadedPage query={query}>{(file) => <CaseView key={file.id} file={file} />}</LoadedPage>
}

function CaseView({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  return (
    <Page
      title={t('cases.title', { reference: file.reference })}
      width="text"
      back={
        hasRole(me, 'doctor')
          ? { to: '/today', text: t('nav.today') }
          : { to: '/appointments', text: t('scheduling.mine') }
      }
      lead={t('cases.lead', {
        name: file.ownerName || t('absences.gone'),
        day: shortDay(dayOf(file.opened), language),
      })}
    >
      {file.closed && <Notice title={t('cases.isClosed', { day: shortDay(dayOf(file.closed), language) })} />}
      <div className="stack-wide">
        <QuestionSection file={file} />
        {file.carries && file.closed === undefined && <Doors file={file} />}
        <Consultations file={file} />
        {file.meetings.map((meeting) => (
          <article
            key={meeting.appointment}
            className="stack"
            aria-label={longDay(dayOf(meeting.start), language, true)}
          >
            <h2>{t('scheduling.jointAppointment')}</h2>
            <p className="meeting-when">
              <Link to="/appointments/$appointment" params={{ appointment: meeting.appointment }}>
                {longDay(dayOf(meeting.start), language, true)},{' '}
                {t('scheduling.atClock', { range: clockRange(meeting.start, meeting.end, language) })}
              </Link>{' '}
              <span className="quiet">
                {meeting.doctorName}, {meeting.unitName}
              </span>
            </p>
            <MeetingSection file={file} meeting={meeting} />
          </article>
        ))}
        {file.carries && <Consents file={file} />}
        {file.carries && <History file={file} />}
        <p className="quiet">{t('cases.kept', { count: file.keptDays })}</p>
        {file.carries && <Closing file={file} />}
      </div>
    </Page>
  )
}

/** The two ways to a doctor: meeting, or in writing. */
function Doors({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const me = useMe()
  if (!hasRole(me, 'coordinator')) return null
  return (
    <div className="row">
      <a className="button-link" href={`/appointments/new?case=${encodeURIComponent(file.id)}`}>
        {t('cases.bookMeeting')}
      </a>
      <Link to="/consultations/new" search={{ case: file.id }} className="button-link button-link-light">
        {t('cases.askInWriting')}
      </Link>
    </div>
  )
}

function Consultations({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  if (file.consultations.length === 0) return null
  return (
    <section className="stack" aria-labelledby="consultations">
      <h2 id="consultations">{t('consultations.title')}</h2>
      <ul className="plain-list stack-small">
        {file.consultations.map((one) => (
          <li key={one.id}>
            <ConsultationLine consultation={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Closing({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const change = useCloseCase(file.id, () => setAsking(false))
  if (file.closed) {
    return (
      <div className="stack-small">
        <WriteNotice write={change} />
        <div>
          <Button variant="secondary" aria-disabled={change.busy} onClick={() => change.start(false)}>
            {t('cases.reopen')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div>
      <Button
        variant="secondary"
        onClick={() => {
          change.reset()
          setAsking(true)
        }}
      >
        {t('cases.close')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('cases.closeTitle')}
          text={t('cases.closeText')}
          confirm={t('cases.close')}
          write={change}
          onConfirm={() => change.start(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
