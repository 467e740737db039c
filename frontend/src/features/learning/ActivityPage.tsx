import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../shared/dates/dates'
import { lengthText } from '../../shared/dates/lengths'
import { asProblem, Problem } from '../../shared/http/problem'
import { programPart } from '../../shared/http/programPart'
import { serverNow } from '../../shared/http/serverClock'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Entry } from '../../shared/offline/database'
import { rivalOf } from '../../shared/offline/refusals'
import { textOf } from '../../shared/offline/text'
import { FallbackNotice } from '../../shared/ui/FallbackNotice'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Progress } from '../../shared/ui/Progress'
import { Loaded, Notice } from '../../shared/ui/states'
import { type Activity, type ActivityViewProps, activityQuery, useViewed } from './api'
import { ChangeNotice } from './ChangeNotice'
import { GoneNotice, isGone } from './GoneNotice'
import { GoOn } from './GoOn'
import { KeptNotice } from './KeptNotice'
import { useKindName } from './kinds'
import { LeftText } from './LeftText'
import { LessonView } from './LessonView'
import { useWaiting } from './useWaiting'
import { viewOf } from './views'
import './learning.css'

const route = getRouteApi('/in/courses/$course/activities/$activity')

export function ActivityPage() {
  const { course, activity } = route.useParams()
  const language = useLanguage()
  const query = useQuery(activityQuery(course, activity, language))
  const { t } = useTranslation()
  const problem = query.isError ? asProblem(query.error) : undefined
  if (isGone(problem)) {
    return (
      <Page
        title={t('common.notFoundTitle')}
        width="text"
        back={{ to: '/courses/$course', params: { course }, text: t('learning.toCourse') }}
      >
        <GoneNotice course={course} problem={problem} />
        <LeftText course={course} activity={activity} />
      </Page>
    )
  }
  return (
    <LoadedPage query={query}>
      {(data) => <ActivityView key={data.id} activity={data} reload={() => query.refetch()} />}
    </LoadedPage>
  )
}

function ActivityView({ activity, reload }: { activity: Activity; reload: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const kindName = useKindName()
  useViewed(activity, reload)
  const waiting = useWaiting(activity.course, activity.id)
  return (
    <Page
      title={activity.title}
      width="text"
      back={{ to: '/courses/$course', params: { course: activity.course }, text: t('learning.toCourse') }}
      eyebrow={activity.moduleTitle}
      lead={
        <span className="activity-lead">
          <span>
            {kindName(activity.kind)} · {lengthText(t, activity.minutes)}
          </span>
          {activity.done && <span className="tag tag-good">✓ {t('learning.done')}</span>}
          {waiting.waits && <span className="tag tag-beam">{t('common.waits')}</span>}
        </span>
      }
    >
      <KeptNotice path={`/api/courses/${activity.course}/activities/${activity.id}`} />
      <FallbackNotice fallback={activity.fallback} />
      {activity.change && !waiting.read && (
        <ChangeNotice activity={activity} change={activity.change} reload={reload} />
      )}
      {waiting.refused && (
        <Notice kind="bad" title={t('learning.notArrived')}>
          <Link to="/unsent">{t('learning.seeUnsent')}</Link>
        </Notice>
      )}
      {waiting.conflict ? (
        <Conflict entry={waiting.conflict} reload={reload} />
      ) : waiting.answer ? (
        <WaitingAnswer activity={activity} entry={waiting.answer} />
      ) : activity.kind === 'lesson' ? (
        <LessonView activity={activity} />
      ) : (
        <Exercise activity={activity} reload={reload} />
      )}
      <footer className="activity-footer">
        <Progress value={activity.percent} label={t('learning.courseProgress')} size="small" />
        <nav className="row row-between" aria-label={t('learning.neighbours')}>
          {activity.previous ? (
            <Neighbour activity={activity} to={activity.previous} text={t('learning.previous')} />
          ) : (
            <span />
          )}
          {activity.next && <Neighbour activity={activity} to={activity.next} text={t('learning.next')} />}
        </nav>
      </footer>
    </Page>
  )
}

/** Anything but a lesson. The program of its kind, with all its fields, comes with the first of them: a lesson is read without. */
function Exercise({ activity, reload }: ActivityViewProps) {
  const view = useQuery({
    queryKey: ['program', 'activity', activity.kind],
    queryFn: () => programPart(viewOf(activity.kind)),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    throwOnError: (error) => !(error instanceof Problem),
  })
  return <Loaded query={view}>{(View) => <View activity={activity} reload={reload} />}</Loaded>
}

/** Which of two texts stays: asked before anything else is written. Its program comes when it is needed. */
function Conflict({ entry, reload }: { entry: Entry; reload: () => Promise<unknown> }) {
  const rival = rivalOf(entry)
  const choice = useQuery({
    queryKey: ['program', 'conflict'],
    queryFn: () => programPart(() => import('../../shared/offline/ConflictChoice')),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    throwOnError: (error) => !(error instanceof Problem),
  })
  return (
    <Loaded query={choice}>
      {({ ConflictChoice }) => rival && <ConflictChoice entry={entry} rival={rival} onTheirs={reload} />}
    </Loaded>
  )
}

/** What was handed in without a network: it is not asked for again until the server has answered. */
function WaitingAnswer({ activity, entry }: { activity: Activity; entry: Entry }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const ends = entry.about.kind === 'answers' ? activity.quiz?.open?.ends : undefined
  const text = entry.about.kind === 'answers' ? undefined : textOf(entry)
  return (
    <>
      <Notice
        kind="warning"
        live
        title={entry.about.kind === 'elsewhere' ? t('learning.markWaits') : t('learning.answerWaits')}
      >
        <p>{t('learning.answerWaitsHelp')}</p>
        {ends !== undefined && (
          <p>
            {serverNow() < Date.parse(ends)
              ? t('learning.answerInTime', { at: shortMoment(ends, language) })
              : t('learning.answerLate', { at: shortMoment(ends, language) })}
          </p>
        )}
        <Link to="/unsent">{t('learning.seeUnsent')}</Link>
      </Notice>
      {text !== undefined && <p className="card submitted-text">{text}</p>}
      <div>
        <GoOn activity={activity} />
      </div>
    </>
  )
}

function Neighbour({
  activity,
  to,
  text,
}: {
  activity: Activity
  to: NonNullable<Activity['next']>
  text: string
}) {
  return (
    <Link
      to="/courses/$course/activities/$activity"
      params={{ course: activity.course, activity: to.id }}
      className="neighbour"
    >
      <span className="quiet">{text}</span>
      <span>{to.title}</span>
    </Link>
  )
}
