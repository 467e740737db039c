import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortDay } from '../../shared/dates/dates'
import { lengthText } from '../../shared/dates/lengths'
import { useLanguage } from '../../shared/i18n/i18n'
import { FallbackNotice } from '../../shared/ui/FallbackNotice'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Progress } from '../../shared/ui/Progress'
import { Prose } from '../../shared/ui/Prose'
import { type Course, courseQuery, type Module } from './api'
import { Finished, TakenBack } from './Finished'
import { KeptNotice } from './KeptNotice'
import { useKindName } from './kinds'
import { NextStep } from './NextStep'
import { SharedSection } from './SharedSection'
import { useWaiting } from './useWaiting'
import './learning.css'

const route = getRouteApi('/in/courses/$course')

export function CoursePage() {
  const { course } = route.useParams()
  const language = useLanguage()
  const query = useQuery(courseQuery(course, language))
  return <LoadedPage query={query}>{(data) => <CourseView course={data} />}</LoadedPage>
}

function CourseView({ course }: { course: Course }) {
  const { t } = useTranslation()
  return (
    <Page title={course.title} lead={course.summary} back={{ to: '/learning', text: t('learning.title') }}>
      <KeptNotice path={`/api/courses/${course.id}`} />
      <FallbackNotice fallback={course.fallback} />
      <section className="course-start" aria-label={t('learning.yourProgress')}>
        <div className="course-start-progress">
          <p>{t('learning.doneOf', { done: course.done, total: course.total })}</p>
          {course.completion.daysAsked > 0 && (
            <p className="quiet">
              {t('learning.contactDays', {
                days: course.completion.days,
                asked: course.completion.daysAsked,
              })}
            </p>
          )}
          <Progress value={course.percent} label={t('learning.progressOf', { title: course.title })} />
        </div>
        {course.certificate !== undefined && <Finished certificate={course.certificate} />}
        {course.revoked !== undefined && <TakenBack revoked={course.revoked} />}
        <NextStep
          course={course.id}
          next={course.continue}
          started={course.done > 0}
          certified={course.certificate !== undefined}
          complete={course.completion.complete}
        />
      </section>
      <section className="stack" aria-labelledby="modules">
        <h2 id="modules">{t('learning.modules')}</h2>
        <ol className="modules plain-list">
          {course.modules.map((module, index) => (
            <li key={module.id}>
              <ModuleCard
                course={course}
                module={module}
                number={index + 1}
                open={course.continue?.module === module.id}
              />
            </li>
          ))}
        </ol>
      </section>
      <SharedSection course={course.id} />
      {course.html !== '' && (
        <section className="stack" aria-labelledby="about">
          <h2 id="about">{t('learning.about')}</h2>
          <Prose html={course.html} language={course.language} />
        </section>
      )}
    </Page>
  )
}

function ModuleCard({
  course,
  module,
  number,
  open,
}: {
  course: Course
  module: Module
  number: number
  open: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <details className="module" open={open}>
      <summary>
        <span className={module.percent === 100 ? 'module-number module-number-done' : 'module-number'}>
          {module.percent === 100 ? (
            <span aria-hidden="true">✓</span>
          ) : (
            <span aria-hidden="true">{number}</span>
          )}
        </span>
        <span className="module-name">
          <h3 lang={module.language}>{module.title}</h3>
          <span className="quiet">{t('common.hours', { count: module.hours })}</span>
        </span>
        {module.credit && <span className="tag tag-good">{t(`learning.credits.${module.credit}`)}</span>}
        {module.activities.length > 0 ? (
          <Progress
            value={module.percent}
            label={t('learning.progressOf', { title: module.title })}
            size="small"
          />
        ) : (
          <span className="tag">{t('learning.outlineOnly')}</span>
        )}
      </summary>
      <div className="module-body" lang={module.language}>
        {module.activities.length > 0 && (
          <ol className="activities plain-list">
            {module.activities.map((activity) => (
              <li key={activity.id}>
                <ActivityLine course={course} activity={activity} />
              </li>
            ))}
          </ol>
        )}
        {module.html !== '' && <Prose html={module.html} language={module.language} />}
        <div className="module-plan">
          <PlanList title={t('learning.goals')} items={module.goals} language={language} />
          <PlanList title={t('learning.outline')} items={module.outline} language={language} />
        </div>
        {module.output !== '' && (
          <p>
            <strong lang={language}>{t('learning.output')}</strong> {module.output}
          </p>
        )}
        <p className="quiet" lang={language}>
          {t('learning.reviewed', {
            reviewed: shortDay(module.reviewed, language),
            reviewBy: shortDay(module.reviewBy, language),
          })}
        </p>
        {module.sources.length > 0 && (
          <div className="quiet">
            <h4 lang={language}>{t('learning.sources')}</h4>
            <ul className="sources">
              {module.sources.map((source) => (
                <li key={source}>
                  <Source text={source} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </details>
  )
}

/** One activity: a link when it is open, else why it is not and what opens it. */
function ActivityLine({ course, activity }: { course: Course; activity: Module['activities'][number] }) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const language = useLanguage()
  const { waits } = useWaiting(course.id, activity.id)
  const locked = activity.locks.length > 0
  const details = [
    kindName(activity.kind),
    lengthText(t, activity.minutes),
    activity.optional && t('learning.optional'),
    activity.points !== undefined &&
      activity.max !== undefined &&
      t('learning.points', { points: activity.points, max: activity.max }),
    !activity.done && activity.due && t('learning.due', { day: shortDay(activity.due, language) }),
    activity.state !== 'done' && activity.state !== 'not_started' && t(`learning.states.${activity.state}`),
  ].filter(Boolean)
  const line = (
    <>
      <span className={activity.done ? 'activity-state activity-done' : 'activity-state'} aria-hidden="true">
        {activity.done ? '✓' : ''}
      </span>
      <span className="activity-name">{activity.title}</span>
      <span className="quiet" lang={language}>
        {details.join(' · ')}
        {waits && <span className="tag tag-beam">{t('common.waits')}</span>}
        <span className="visually-hidden">
          {activity.done ? `, ${t('learning.done')}` : `, ${t('learning.notDone')}`}
        </span>
        {activity.changed && <span className="activity-changed">{t('changes.line')}</span>}
        {activity.locks.map((lock) => (
          <span key={lock.opens ?? lock.after} className="activity-lock">
            {lock.opens
              ? t('learning.opens', { day: shortDay(lock.opens, language) })
              : t('learning.opensAfter', { title: titleOf(course, lock.after ?? '') })}
          </span>
        ))}
      </span>
    </>
  )
  return locked ? (
    <span className="activity activity-locked">{line}</span>
  ) : (
    <Link
      to="/courses/$course/activities/$activity"
      params={{ course: course.id, activity: activity.id }}
      className="activity"
    >
      {line}
    </Link>
  )
}

function titleOf(course: Course, id: string): string {
  const module = course.modules.find((one) => one.id === id)
  const activity = course.modules.flatMap((one) => one.activities).find((one) => one.id === id)
  return module?.title ?? activity?.title ?? id
}

function PlanList({ title, items, language }: { title: string; items: string[]; language: string }) {
  if (items.length === 0) return null
  return (
    <div>
      <h4 lang={language}>{title}</h4>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  )
}

/** A source as the course names it; its web address, when there is one, is a link. */
function Source({ text }: { text: string }) {
  const address = /https:\/\/\S+/.exec(text)?.[0]
  if (address === undefined) return text
  const [before = '', after = ''] = text.split(address)
  return (
    <>
      {before}
      <a href={address}>{address.replace('https://', '')}</a>
      {after}
    </>
  )
}
