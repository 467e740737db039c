import type { About } from '../../shared/offline/database'
import { useOffline, writesAbout } from '../../shared/offline/status'

/** Writes that change little of what a page asks for: it goes on as it is. */
const SMALL = new Set<About['kind']>(['done', 'viewed', 'read', 'sharing'])

/** What the person has done in an activity and the server does not know yet. */
export function useWaiting(course: string, activity: string) {
  const about = writesAbout(useOffline().writes, course, activity)
  const waiting = about.filter((entry) => !entry.refused)
  return {
    waits: waiting.length > 0,
    /** An answer that was handed in: until it is sent, the page must not ask for another. */
    answer: waiting.findLast((entry) => !SMALL.has(entry.about.kind)),
    /** That a change of the text was read. */
    read: waiting.some((entry) => entry.about.kind === 'read'),
    /** Who may know of a text, as chosen last. */
    sharing: waiting.findLast((entry) => entry.about.kind === 'sharing'),
    refused: about.some((entry) => entry.refused),
  }
}
