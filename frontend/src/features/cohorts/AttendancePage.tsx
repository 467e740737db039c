import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty } from '../../shared/ui/states'
import { contactDaysQuery } from './rosterApi'
import './roster.css'

const route = getRouteApi('/in/cohorts/$cohort/attendance')

/** The contact days of a cohort: which were marked, and how many were there. */
export function AttendancePage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { cohort } = route.useParams()
  const query = useQuery(contactDaysQuery(cohort))
  return (
    <LoadedPage query={query}>
      {({ days }) => (
        <Page
          title={t('attendance.days')}
          width="text"
          back={{ to: '/cohorts/$cohort', params: { cohort }, text: t('cohorts.toCohort') }}
          aside={
            days.length > 0 && (
              <a
                className="button-link button-link-light"
                href={`/api/cohorts/${encodeURIComponent(cohort)}/attendance-file`}
                download="luotsi-attendance.csv"
              >
                {t('register.file')}
              </a>
            )
          }
        >
          {days.length === 0 ? (
            <Empty title={t('attendance.noDays')} />
          ) : (
            <ul className="plain-list attendance-days">
              {days.map((day) => (
                <li key={day.activity}>
                  <Link
                    to="/cohorts/$cohort/attendance/$activity"
                    params={{ cohort, activity: day.activity }}
                  >
                    <span>
                      <strong>{day.title}</strong>
                      <br />
                      <span className="quiet">{`M${day.module + 1} · ${day.moduleTitle}`}</span>
                    </span>
                    {day.day ? (
                      <span>
                        {shortDay(day.day, language)}
                        <br />
                        <span className="quiet">
                          {t('attendance.were', { present: day.present, absent: day.absent })}
                        </span>
                      </span>
                    ) : (
                      <span className="quiet">{t('attendance.notMarked')}</span>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Page>
      )}
    </LoadedPage>
  )
}
