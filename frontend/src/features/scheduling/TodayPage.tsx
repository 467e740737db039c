import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, dayOf, longDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { hasRole, unitsWith } from '../../shared/session/roles'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { type Appointment, appointmentsQuery } from './api'
import { WaitingConsultations } from './consultations/WaitingConsultations'
import { byDay } from './days'
import { CoveringNotice } from './deputies/CoveringNotice'
import { OpenHours } from './hours/OpenHours'
import { ReturnedTimes } from './hours/ReturnedSection'
import { ComingRow } from './today/ComingRow'
import { partsOf } from './today/days'
import { Unanswered } from './today/Unanswered'
import { WaitingLines } from './today/WaitingLines'
import './scheduling.css'

const AHEAD = 60
/** So long what became of an appointment is asked for. */
const BACK = 14

/** The doctor's first page: what waits for an answer, what is today, and what comes after. */
export function TodayPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const now = new Date()
  const today = dayOf(now)
  // A row does not go away under the finger that dealt with it: there may be a text to copy, or a tap to take back.
  const [kept] = useState(() => new Set<string>())
  const query = useQuery(appointmentsQuery(addDays(today, -BACK), addDays(today, AHEAD)))
  return (
    <Page title={t('nav.today')} eyebrow={longDay(today, language)}>
      <CoveringNotice />
      <Unanswered />
      <WaitingConsultations whenNone={false} />
      <OpenHours person={me.id} units={unitsWith(me, 'doctor')} />
      <Loaded query={query}>
        {({ appointments }) => {
          const parts = partsOf(appointments, now, kept)
          for (const { id } of parts.unmarked) kept.add(id)
          return (
            <>
              {parts.unmarked.length > 0 && (
                <section className="stack" aria-labelledby="unmarked">
                  <h2 id="unmarked">{t('today.unmarked')}</h2>
                  <Days appointments={parts.unmarked} now={now} />
                </section>
              )}
              <section className="stack" aria-labelledby="todays">
                <div className="row row-between">
                  <h2 id="todays">{t('scheduling.todays')}</h2>
                  {parts.today.length > 0 && (
                    <Link to="/print/day" search={{ date: today }}>
                      {t('today.printDay')}
                    </Link>
                  )}
                </div>
                {parts.today.length === 0 ? (
                  <p className="card">{t('scheduling.noneToday')}</p>
                ) : (
                  <Rows appointments={parts.today} now={now} />
                )}
              </section>
              <section className="stack" aria-labelledby="later">
                <h2 id="later">{t('scheduling.later')}</h2>
                {parts.later.length === 0 ? (
                  <Empty title={t('scheduling.noneLater')}>
                    <p>{t('scheduling.noneLaterHelp')}</p>
                  </Empty>
                ) : (
                  <Days appointments={parts.later} now={now} />
                )}
              </section>
            </>
          )
        }}
      </Loaded>
      {hasRole(me, 'doctor') && <WaitingLines units={unitsWith(me, 'doctor')} />}
      {hasRole(me, 'doctor') && <ReturnedTimes person={me.id} />}
    </Page>
  )
}

function Days({ appointments, now }: { appointments: readonly Appointment[]; now: Date }) {
  const language = useLanguage()
  return (
    <div className="stack">
      {byDay(appointments).map(({ day, appointments: ofDay }) => (
        <section key={day} className="stack-small" aria-label={longDay(day, language, true)}>
          <h3 className="day-heading">{longDay(day, language)}</h3>
          <Rows appointments={ofDay} now={now} />
        </section>
      ))}
    </div>
  )
}

function Rows({ appointments, now }: { appointments: readonly Appointment[]; now: Date }) {
  const me = useMe()
  return (
    <ul className="plain-list stack-small">
      {appointments.map((one) => (
        <li key={one.id}>
          <ComingRow appointment={one} me={me.id} now={now} />
        </li>
      ))}
    </ul>
  )
}
