import { useEffect, useState, useSyncExternalStore } from 'react'
import { api, unwrap } from '../http/client'
import type { Problem } from '../http/problem'
import { useMe } from '../session/me'
import { DraftKeeper, type DraftState, type Saved } from './keeper'

/** Browsers let a request outlive its page only when its body is small. */
const OUTLIVES_PAGE = 15_000

type Save = (draft: Saved, keepalive: boolean) => Promise<{ rev: number }>

/** Drafts of quizzes and tasks. Other parts of Luotsi keep theirs elsewhere and say how. */
function saveLearning(subject: string): Save {
  return (draft, keepalive) =>
    unwrap(api.PUT('/api/drafts/{subject}', { params: { path: { subject } }, body: draft, keepalive }))
}

/** The text that is on the server instead, out of the refusal of a save that started from an older revision. */
export function otherText(problem: Problem): Saved | undefined {
  if (problem.code !== 'draft_conflict') return undefined
  const info = problem.info as Partial<Saved> | null | undefined
  if (typeof info?.rev !== 'number' || typeof info.text !== 'string') return undefined
  return { rev: info.rev, text: info.text }
}

/**
 * A draft of the person who is signed in, saved as it is typed. The saved text counts when the page opens; give the
 * component a key by subject.
 */
export function useDraft(
  subject: string,
  saved: Saved,
  save: Save = saveLearning(subject),
): { state: DraftState; keeper: DraftKeeper } {
  const me = useMe()
  const [keeper] = useState(
    () =>
      new DraftKeeper({
        person: me.id,
        subject,
        saved,
        save: (draft) => save(draft, draft.text.length < OUTLIVES_PAGE),
        otherText,
      }),
  )
  const state = useSyncExternalStore(keeper.subscribe, keeper.read)

  useEffect(() => {
    keeper.open()
    const leaving = () => {
      if (document.visibilityState === 'hidden') void keeper.flush()
    }
    document.addEventListener('visibilitychange', leaving)
    return () => {
      document.removeEventListener('visibilitychange', leaving)
      keeper.close()
    }
  }, [keeper])

  return { state, keeper }
}
