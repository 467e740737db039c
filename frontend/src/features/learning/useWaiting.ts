import type { About } from '../../shared/offline/database'
import { isLate, rivalOf } from '../../shared/offline/refusals'
import { useOffline, writesAbout } from '../../shared/offline/status'

/** Writes that change little of what a page asks for: it goes on as it is. */
const SMALL = new Set<About['kind']>(['done', 'viewed', 'read', 'sharing'])

/** What the person has done in an activity and the server does not know yet. */
export function useWaiting(course: string, activity: string) {
  const { writes, shown } = useOffline()
  const about = writesAbout(writes, course, activity)
  // A copy does not know yet what became of answers that came too late.
  const copied = shown[`/api/courses/${course}/activities/${activity}`] !== undefined
  const waiting = about.filter((entry) => !entry.refused)
  return {
    waits: waiting.length > 0,
    /** An answer that was handed in: until it is sent, the page must not ask for another. */
    answer: waiting.findLast((entry) => !SMALL.has(entry.about.kind)),
    /** That a change of the text was read. */
    read: waiting.some((entry) => entry.about.kind === 'read'),
    /** Who may know of a text, as chosen last. */
    sharing: waiting.findLast((entry) => entry.about.kind === 'sharing'),
    /** Written here while another device wrote something else: the person chooses. */
    conflict: about.find((entry) => rivalOf(entry) !== undefined),
    /** Refused, and not told of elsewhere on the page. */
    refused: about.some(
      (entry) => entry.refused && rivalOf(entry) === undefined && (copied || !isLate(entry)),
    ),
  }
}
