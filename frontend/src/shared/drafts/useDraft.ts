import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMe } from '../session/me'
import { DraftKeeper, type DraftState, type Saved } from './keeper'
import { draftOpen } from './local'
import { otherText, type Save, saveLearning } from './saving'

/** Browsers let a request outlive its page only when its body is small. */
const OUTLIVES_PAGE = 15_000

/**
 * A draft of the person who is signed in, saved as it is typed. The saved text counts when the page opens; give the
 * component a key by subject.
 */
export function useDraft(
  subject: string,
  saved: Saved,
  { save, over }: { save?: Save | undefined; over?: number | undefined } = {},
): { state: DraftState; keeper: DraftKeeper } {
  const me = useMe()
  const [keeper] = useState(
    () =>
      new DraftKeeper({
        person: me.id,
        subject,
        saved,
        save: (draft) => (save ?? saveLearning(subject))(draft, draft.text.length < OUTLIVES_PAGE),
        otherText,
        learning: save === undefined,
        ...(over !== undefined && { over }),
      }),
  )
  const state = useSyncExternalStore(keeper.subscribe, keeper.read)

  useEffect(() => {
    keeper.open()
    const closed = draftOpen(me.id, subject)
    const leaving = () => {
      if (document.visibilityState === 'hidden') void keeper.flush()
    }
    document.addEventListener('visibilitychange', leaving)
    return () => {
      document.removeEventListener('visibilitychange', leaving)
      keeper.close()
      closed()
    }
  }, [keeper, me.id, subject])

  return { state, keeper }
}
