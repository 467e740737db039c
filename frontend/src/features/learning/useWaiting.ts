import { useOffline, writesAbout } from '../../shared/offline/status'

/** What the person has done in an activity and the server does not know yet. */
export function useWaiting(course: string, activity: string) {
  const about = writesAbout(useOffline().writes, course, activity)
  const waiting = about.filter((entry) => !entry.refused)
  return {
    waits: waiting.length > 0,
    /** An answer that was handed in: until it is sent, the page must not ask for another. */
    answer: waiting.find((entry) => entry.about.kind !== 'done'),
    refused: about.some((entry) => entry.refused),
  }
}
