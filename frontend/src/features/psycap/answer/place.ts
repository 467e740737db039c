import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of the answers before they are sent: the questions are the entry before. */
    fromQuestions?: boolean
  }
}

const route = getRouteApi('/in/measures/$cohort/$instrument/$point')

export type Review = {
  /** The answers are shown, before they are sent, in the place of the questions. */
  reviewing: boolean
  /** Somebody has gone from one to the other here: what they come to takes the focus. */
  moved: boolean
  toReview: () => void
  toQuestions: () => void
}

/** The questions of a measure and the answers before they are sent are two views, and Back goes from one to the other. */
export function useReview(): Review {
  const reviewing = route.useSearch().view === 'review'
  const navigate = route.useNavigate()
  const router = useRouter()
  const [at, setAt] = useState({ reviewing, moved: false })
  if (at.reviewing !== reviewing) setAt({ reviewing, moved: true })
  // Going back takes a moment: asked for twice, it would lead out of the measure.
  const leaving = useRef(false)
  useEffect(() => {
    if (!reviewing) leaving.current = false
  }, [reviewing])
  return {
    reviewing,
    moved: at.moved,
    toReview() {
      if (!reviewing)
        void navigate({ search: { view: 'review' }, state: { fromQuestions: true }, resetScroll: false })
    },
    toQuestions() {
      if (!reviewing || leaving.current) return
      leaving.current = true
      if (router.state.location.state.fromQuestions) router.history.back()
      else void navigate({ search: {}, replace: true, resetScroll: false })
    },
  }
}

/** Where there is nothing to look through (any more), the address says so, and Back leads to where one came from. */
export function useNoReview({ reviewing, toQuestions }: Review, over: boolean): void {
  const leave = useRef(toQuestions)
  leave.current = toQuestions
  useEffect(() => {
    if (over && reviewing) leave.current()
  }, [over, reviewing])
}
