import { useNavigate } from '@tanstack/react-router'
import type { Activity } from './api'

/** Goes on from an activity: to the one after it, or back to the course when it was the last. */
export function useGoOn(activity: Activity): () => Promise<void> {
  const navigate = useNavigate()
  return () =>
    activity.next
      ? navigate({
          to: '/courses/$course/activities/$activity',
          params: { course: activity.course, activity: activity.next.id },
        })
      : navigate({ to: '/courses/$course', params: { course: activity.course } })
}
