import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DraftState } from '../../shared/drafts/keeper'
import type { Problem } from '../../shared/http/problem'
import { Notice } from '../../shared/ui/states'
import './changes.css'

/** Whether the course has this activity no more: a new version was published without it. */
export function isGone(problem: Problem | undefined): problem is Problem {
  return problem?.code === 'unknown_activity'
}

/** Why a draft is not kept any more, when it is of an activity that the course has no more. */
export function draftGone({ status }: DraftState): Problem | undefined {
  return status.kind === 'refused' && isGone(status.problem) ? status.problem : undefined
}

/** Says that an activity was taken out of the course, and leads to the one that follows where it was. */
export function GoneNotice({ course, problem }: { course: string; problem: Problem }) {
  const { t } = useTranslation()
  const next = nextOf(problem)
  return (
    <Notice kind="info" live title={t('changes.gone')}>
      <p>{t('changes.goneHelp')}</p>
      <p>
        {next === undefined ? (
          <Link to="/courses/$course" params={{ course }} className="button-link">
            {t('learning.toCourse')}
          </Link>
        ) : (
          <Link
            to="/courses/$course/activities/$activity"
            params={{ course, activity: next }}
            className="button-link"
          >
            {t('changes.toNext')}
          </Link>
        )}
      </p>
    </Notice>
  )
}

/** Where the server says to go on instead. */
function nextOf(problem: Problem): string | undefined {
  const { info } = problem
  return typeof info === 'object' && info !== null && 'activity' in info && typeof info.activity === 'string'
    ? info.activity
    : undefined
}
