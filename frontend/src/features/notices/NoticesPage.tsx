import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clock, clockOf, dayOf, daysAgo, daysBetween, longDay, weekdayDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Feed, feedQuery, type Notice, unreadQuery, useRead } from './api'
import './notices.css'

/** What a learner is told, the newest first; each leads to where something can be done about it. */
export function NoticesPage() {
  const { t } = useTranslation()
  const query = useQuery(feedQuery(useLanguage()))
  const unread = useQuery(unreadQuery)
  // What is listed here is newer than what the bell was told.
  const { refetch } = unread
  const differs = query.data !== undefined && unread.data?.unread !== query.data.unread
  useEffect(() => {
    if (differs) void refetch()
  }, [differs, refetch])
  return (
    <Page title={t('notices.title')} width="text">
      <Loaded query={query}>{(feed) => <Days feed={feed} />}</Loaded>
      <p className="notices-choose">
        <Link to="/account" hash="notices">
          {t('notices.choose')}
        </Link>
      </p>
    </Page>
  )
}

function Days({ feed }: { feed: Feed }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useRead()
  if (feed.notices.length === 0) {
    return (
      <Empty title={t('notices.none')}>
        <p>{t('notices.noneText')}</p>
      </Empty>
    )
  }
  const unread = feed.notices.filter((notice) => !notice.read)
  return (
    <div className="stack-wide">
      <div className="row row-between notices-top">
        <p role="status">
          {unread.length === 0 ? t('notices.allRead') : t('notices.unread', { count: unread.length })}
        </p>
        {unread.length > 0 && (
          <Button
            variant="secondary"
            aria-disabled={read.busy}
            onClick={() => read.start(unread.map(({ id }) => id))}
          >
            {t('notices.readAll')}
          </Button>
        )}
      </div>
      <WriteNotice write={read} />
      {byDay(feed.notices).map(([day, notices]) => (
        <section key={day} aria-labelledby={`day-${day}`} className="stack">
          <h2 id={`day-${day}`} className="notices-day">
            {dayName(day, language)}
          </h2>
          <ul className="plain-list card notices">
            {notices.map((notice) => (
              <li key={notice.id}>
                <Line notice={notice} onRead={() => read.start([notice.id])} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** The notices of each Finnish calendar day, in the order they came in. */
export function byDay(notices: Notice[]): [day: string, notices: Notice[]][] {
  const days = new Map<string, Notice[]>()
  for (const notice of notices) {
    const day = dayOf(notice.at)
    days.set(day, [...(days.get(day) ?? []), notice])
  }
  return [...days]
}

function dayName(day: string, language: ReturnType<typeof useLanguage>): string {
  const now = new Date()
  const ago = daysBetween(day, dayOf(now))
  const name = ago < 2 ? daysAgo(`${day}T12:00:00Z`, now, language) : longDay(day, language)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function Line({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const title =
    notice.count > 1 && notice.kind !== 'measure'
      ? t('notices.many', { title: notice.title, count: notice.count })
      : notice.title
  return (
    <Link {...placeOf(notice)} className="notices-line" onClick={() => !notice.read && onRead()}>
      <span className={notice.read ? undefined : 'notices-unread'}>
        {!notice.read && <span className="visually-hidden">{t('notices.isUnread')}</span>}{' '}
        {t(`notices.news.${notice.news}`, {
          title,
          day: notice.due ? weekdayDay(notice.due, language) : '',
          days: notice.days,
        })}
      </span>
      <span className="quiet">
        {notice.title !== notice.courseTitle && `${notice.courseTitle} · `}
        {clock(clockOf(notice.at), language)}
      </span>
    </Link>
  )
}

/** Where something can be done about a notice. */
export function placeOf({
  kind,
  certificate,
  course,
  activity,
  goal,
}: Notice): Pick<LinkProps, 'to' | 'params'> {
  if (kind === 'measure') return { to: '/measures' }
  if (goal) return { to: '/goals/$goal', params: { goal } }
  if (certificate) return { to: '/certificates/$number', params: { number: certificate } }
  if (activity) return { to: '/courses/$course/activities/$activity', params: { course, activity } }
  return { to: '/courses/$course', params: { course } }
}
