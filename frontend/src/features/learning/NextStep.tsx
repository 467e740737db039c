import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../shared/ui/states'
import type { CourseCard } from './api'
import { useKindName } from './kinds'

/** The one button: on with the course where one was, or that all is done. */
export function NextStep({
  course,
  next,
  started,
}: {
  course: string
  next: CourseCard['continue']
  started: boolean
}) {
  const { t } = useTranslation()
  const kindName = useKindName()
  if (next === undefined) {
    return <Notice kind="good" title={t('learning.allDone')} />
  }
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
          {next.moduleTitle} · {kindName(next.kind)} · {t('common.minutes', { count: next.minutes })}
        </span>
      </p>
    </div>
  )
}
