import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { lengthText } from '../../shared/dates/lengths'
import { Notice } from '../../shared/ui/states'
import type { CourseCard } from './api'
import { useKindName } from './kinds'
import { useNext } from './nextHere'
import { clock } from './watched'

/** The one button: on with the course where one was; or that all is done, or that it is somebody else's turn. */
export function NextStep({
  course,
  next: said,
  started,
  complete,
  certified,
}: {
  course: string
  next: CourseCard['continue']
  started: boolean
  complete: boolean
  /** Whoever has the certificate was told with it that all is done. */
  certified: boolean
}) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const next = useNext(course, said)
  if (next === undefined) {
    if (complete && certified) return null
    return complete ? (
      <Notice kind="good" title={t('learning.allDone')} />
    ) : (
      <Notice kind="info" title={t('learning.nothingNow')} />
    )
  }
  const place = { module: next.moduleNumber, number: next.number }
  const where =
    next.kind === 'lesson' || next.kind === 'video' || next.kind === 'quiz'
      ? t(`resume.where.${next.kind}`, place)
      : `${t('resume.where.other', place)} · ${kindName(next.kind)}`
  return (
    <div className="next-step">
      <Link
        to="/courses/$course/activities/$activity"
        params={{ course, activity: next.activity }}
        className="button-link next-step-button"
      >
        {started ? t('learning.continue') : t('learning.start')}
      </Link>
      <p className="next-step-what">
        <span>
          {t('learning.nextUp')} <strong>{next.title}</strong>
        </span>
        <span className="quiet">
          {where}
          {next.second ? `, ${t('resume.from', { time: clock(next.second) })}` : ''} ·{' '}
          {lengthText(t, next.minutes)}
        </span>
      </p>
    </div>
  )
}
