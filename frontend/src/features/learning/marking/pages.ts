import { linkOptions } from '@tanstack/react-router'
import type { Queued } from './api'
import type { QueueSearch } from './search'

/** The page on which something is marked: open answers get points on one of their own. */
export function pageOf(
  entry: Pick<Queued, 'what' | 'submission' | 'cohort' | 'person' | 'activity'>,
  search: QueueSearch,
) {
  const { cohort, person, activity, submission } = entry
  return entry.what === 'quiz'
    ? linkOptions({
        to: '/cohorts/$cohort/learners/$person/quizzes/$activity',
        params: { cohort, person, activity },
        search,
      })
    : linkOptions({ to: '/feedback-queue/$submission', params: { submission }, search })
}
