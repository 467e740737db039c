import { api, unwrap } from '../http/client'
import type { Problem } from '../http/problem'
import type { Saved } from './keeper'

export type Save = (draft: Saved, keepalive: boolean) => Promise<{ rev: number }>

/** After this a save without an answer is given up and made again. */
const LONGEST = 20_000

/** Drafts of quizzes and tasks. Other parts of Luotsi keep theirs elsewhere and say how. */
export function saveLearning(subject: string): Save {
  return (draft, keepalive) =>
    unwrap(
      api.PUT('/api/drafts/{subject}', {
        params: { path: { subject } },
        body: draft,
        keepalive,
        signal: AbortSignal.timeout(LONGEST),
      }),
    )
}

/** The text that is on the server instead, out of the refusal of a save that started from an older revision. */
export function otherText(problem: Problem): Saved | undefined {
  if (problem.code !== 'draft_conflict') return undefined
  const info = problem.info as Partial<Saved> | null | undefined
  if (typeof info?.rev !== 'number' || typeof info.text !== 'string') return undefined
  return { rev: info.rev, text: info.text }
}
