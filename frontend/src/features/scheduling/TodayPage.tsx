import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { addDays, dayOf, longDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { AppointmentCard } from './AppointmentCard'
import { appointmentsQuery } from './api'
import { DayList } from './DayList'
import { coming } from './days'
import { CoveringNotice } from './deputies/CoveringNotice'
import './scheduling.css'

const AHEAD = 60

/** The doctor's first page: what is today, and what comes after. */
export function TodayPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const now = new Date()
  const today = dayOf(now)
  const query = useQuery(appointmentsQuery(today, addDays(today, AHEAD)))
  return (
    <Page
      title={t('nav.today')}
      eyebrow={longDay(today, language)}
      aside={
        <Link to="/hours" className="button-link button-link-light">
          {t('scheduling.changeHours')}
        </Link>
      }
    >
      <CoveringNotice />
      <Loaded query={query}>
        {({ appointments }) => {
          const ahead = coming(appointments, now)
          const todays = ahead.filter((one) => dayOf(one.start) === today)
          const later = ahead.filter((one) => dayOf(one.start) !== today)
          return (
            <>
              <section className="stack" aria-labelledby="todays">
                <h2 id="todays">{t('scheduling.todays')}</h2>
                {todays.length === 0 ? (
                  <p className="card">{t('scheduling.noneToday')}</p>
                ) : (
                  <ul className="plain-list stack-small">
                    {todays.map((one) => (
                      <li key={one.id}>
                        <AppointmentCard appointment={one} me={me.id} />
                      </li>
                    ))}
                  </ul>
                )}
              </section>
              <section className="stack" aria-labelledby="later">
                <h2 id="later">{t('scheduling.later')}</h2>
                {later.length === 0 ? (
                  <Empty title={t('scheduling.noneLater')}>
                    <p>{t('scheduling.noneLaterHelp')}</p>
                  </Empty>
                ) : (
                  <DayList appointments={later} me={me.id} />
                )}
              </section>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
