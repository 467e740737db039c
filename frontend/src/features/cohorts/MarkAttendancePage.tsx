import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { dayOf, shortDay, shortMoment } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { DayField } from '../../shared/ui/DayField'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty, Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Attendance, attendanceQuery, useMarkAttendance } from './rosterApi'
import './roster.css'

const route = getRouteApi('/in/cohorts/$cohort/attendance/$activity')

export function MarkAttendancePage() {
  const { cohort, activity } = route.useParams()
  const query = useQuery(attendanceQuery(cohort, activity))
  return (
    <LoadedPage query={query}>
      {(attendance) => <MarkView cohort={cohort} attendance={attendance} />}
    </LoadedPage>
  )
}

/**
 * Everybody is there until somebody is tapped; what was saved is changed the same way. Of whoever joined after the day was marked
 * nobody said that they were there.
 */
function MarkView({ cohort, attendance }: { cohort: string; attendance: Attendance }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { day: marked, learners } = attendance
  const [day, setDay] = useState<string | undefined>(marked.day || dayOf(new Date()))
  const [absent, setAbsent] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        learners
          .filter((one) => one.word === 'absent' || (marked.day && one.word === 'none'))
          .map((one) => one.person),
      ),
  )
  const [saved, setSaved] = useState(false)
  const mark = useMarkAttendance(cohort, marked.activity, () => setSaved(true))
  const fieldStatus = useFieldStatus(mark.problem)
  const status = fieldStatus('day')
  const wrongDay = 'statusText' in status ? status.statusText : undefined
  const marking = learners.filter((one) => one.word !== 'compensated')
  const missing = marking.filter((one) => absent.has(one.person))
  const toggle = (person: string) => {
    const next = new Set(absent)
    if (!next.delete(person)) next.add(person)
    setAbsent(next)
    setSaved(false)
  }
  return (
    <Page
      title={marked.title}
      eyebrow={`M${marked.module + 1} · ${marked.moduleTitle}`}
      back={{ to: '/cohorts/$cohort/attendance', params: { cohort }, text: t('attendance.days') }}
      aside={
        learners.length > 0 && (
          <Button variant="secondary" onClick={() => window.print()}>
            {t('attendance.print')}
          </Button>
        )
      }
    >
      {learners.length === 0 ? (
        <Empty title={t('cohorts.noLearners')} />
      ) : (
        <>
          <div className="stack attendance-screen">
            <div className="attendance-day">
              <DayField
                label={t('attendance.day')}
                day={day}
                onDay={(next) => {
                  setDay(next)
                  setSaved(false)
                }}
                {...(wrongDay && { wrong: wrongDay })}
              />
            </div>
            <p>{t('attendance.help')}</p>
            <ul className="plain-list attendance-people">
              {learners.map((one) => (
                <li key={one.person}>
                  {one.word === 'compensated' ? (
                    <div className="attendance-person">
                      <span>{one.name}</span>
                      <span className="tag">{t('attendance.compensated')}</span>
                    </div>
                  ) : (
                    <button
                      type="button"
                      className={
                        absent.has(one.person) ? 'attendance-person attendance-absent' : 'attendance-person'
                      }
                      onClick={() => toggle(one.person)}
                    >
                      <span>{one.name}</span>
                      {absent.has(one.person) ? (
                        <span className="tag tag-bad">{t('attendance.absent')}</span>
                      ) : (
                        <span className="tag tag-good">✓ {t('attendance.present')}</span>
                      )}
                    </button>
                  )}
                </li>
              ))}
            </ul>
            {saved && <Notice kind="good" live title={t('attendance.saved')} />}
            <WriteNotice write={mark} />
            {marked.markedBy && marked.markedAt && (
              <p className="quiet">
                {t('attendance.markedBy', {
                  name: marked.markedBy,
                  at: shortMoment(marked.markedAt, language),
                })}
              </p>
            )}
            <section className="roster-bar" aria-label={t('attendance.mark')}>
              <strong role="status">
                {t('attendance.were', { present: marking.length - missing.length, absent: missing.length })}
              </strong>
              <Button
                aria-disabled={mark.busy || !day}
                onClick={() => {
                  if (!day) return
                  mark.start({
                    day,
                    present: marking.filter((one) => !absent.has(one.person)).map((one) => one.person),
                    absent: missing.map((one) => one.person),
                  })
                }}
              >
                {t('common.save')}
              </Button>
            </section>
          </div>
          <table className="attendance-sheet">
            <caption>
              {attendance.cohortName}
              {day && `, ${shortDay(day, language)}`}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('cohorts.learner')}</th>
                <th scope="col">{t('attendance.signature')}</th>
              </tr>
            </thead>
            <tbody>
              {learners.map((one) => (
                <tr key={one.person}>
                  <th scope="row">{one.name}</th>
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Page>
  )
}
