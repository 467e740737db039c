import {
  forgetLocally,
  isDraftOpen,
  keepLate,
  keepLocally,
  keptLocally,
  keptSubjects,
  lateTexts,
} from '../drafts/local'
import { otherText, saveLearning } from '../drafts/saving'
import { asProblem } from '../http/problem'
import type { UnsentDraft } from './status'

/** A page that keeps the text itself sends it within this time. */
const OWN_TIME = 5_500

/** The course and the activity; of what is no course's, its kind and the rest. */
function partsOf(subject: string): { course?: string | undefined; activity?: string | undefined } {
  const [course, ...activity] = subject.split('.')
  return { course, activity: activity.length > 0 ? activity.join('.') : undefined }
}

/** The texts of activities that the person has typed here and the server does not have. */
export function unsentDrafts(person: string): UnsentDraft[] {
  const late = lateTexts(person).map(({ subject, text }) => {
    const { course = '', activity = '' } = partsOf(subject)
    return { course, activity, text, conflict: false, late: true }
  })
  const waiting = keptSubjects(person).flatMap((subject) => {
    const kept = keptLocally(person, subject)
    const { course, activity } = partsOf(subject)
    if (!kept?.learning || kept.saved || course === undefined || activity === undefined) return []
    return [{ course, activity, text: kept.text, conflict: kept.conflict === true }]
  })
  return [...waiting, ...late]
}

/**
 * Sends the texts whose pages are not open any more. One that is no longer what the server's text goes on from waits
 * for the person, who sees both when they open its page. Fails when there is no network.
 */
export async function sendDrafts(person: string): Promise<void> {
  for (const subject of keptSubjects(person)) {
    const kept = keptLocally(person, subject)
    if (!kept?.learning || kept.saved || kept.conflict || isDraftOpen(person, subject)) continue
    if (Date.now() - (kept.at ?? 0) < OWN_TIME) continue
    try {
      const { rev } = await saveLearning(subject)({ text: kept.text, rev: kept.rev }, false)
      // Somebody may have gone on typing meanwhile.
      if (keptLocally(person, subject)?.text === kept.text)
        keepLocally(person, subject, { ...kept, rev, saved: true })
    } catch (error) {
      const problem = asProblem(error)
      if (problem.temporary || problem.signedOut) throw problem
      if (problem.code === 'time_over' || problem.code === 'attempt_over') {
        keepLate(person, subject, kept.text)
        forgetLocally(person, subject)
      } else if (otherText(problem)?.text === kept.text) forgetLocally(person, subject)
      else keepLocally(person, subject, { ...kept, conflict: true })
    }
  }
}
