import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef, useState } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of a step in the history: how many of the goal that is written are before it, and which step the last of them is. */
    goal?: { depth: number; from: number }
  }
}

const route = getRouteApi('/in/goals/$goal')

/**
 * The step of writing a goal, from 1, which stands in the address: Back and Forward go from step to step, and the page is
 * at the same step when it is loaded anew. `resumed` is the step of who opened the page at none.
 */
export function useGoalStep(resumed: number, steps: number, here: RefObject<HTMLElement | null>) {
  const { step: asked } = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  const [opening, setOpening] = useState(asked === undefined && resumed > 1)
  const step = Math.min(asked ?? (opening ? resumed : 1), steps)
  const past = () => router.state.location.state.goal ?? { depth: 0, from: 0 }

  useEffect(() => {
    if (opening) void navigate({ search: { step: resumed }, replace: true }).then(() => setOpening(false))
  }, [opening, resumed, navigate])

  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    here.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
    // The router would lead to where that step was left.
    return router.subscribe('onRendered', () => window.scrollTo(0, 0))
  }, [router, step, here])

  function go(to: number, replace = false) {
    if (to === step) return
    const { depth, from } = past()
    void navigate({
      search: { step: to },
      replace,
      state: { goal: replace ? { depth, from } : { depth: depth + 1, from: step } },
    })
  }

  return {
    step,
    go: (to: number) => go(to),
    /** To the step before: in the history too, when it is there. */
    before() {
      if (past().from === step - 1) router.history.back()
      else go(step - 1, true)
    },
    /** What is kept is no way back: the history is again as it was before the first step. */
    async leaveSteps(): Promise<void> {
      const { depth } = past()
      if (depth > 0) {
        const back = new Promise<void>((resolve) => {
          const stop = router.subscribe('onResolved', () => {
            stop()
            resolve()
          })
        })
        router.history.go(-depth)
        await back
      }
      if (router.state.location.search.step !== undefined) await navigate({ search: {}, replace: true })
    },
  }
}
