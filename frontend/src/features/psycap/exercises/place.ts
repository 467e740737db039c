import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of a step in the history: how many entries of its exercise are before it, and which step the last of them is. */
    exercise?: { depth: number; from: number }
  }
}

const route = getRouteApi('/in/exercises/$exercise')

/** How the first step that is shown comes into the history: in the place of the page that led to it, or after it. */
export type Entry = 'replace' | 'push'

/** The number of the step that is shown, from 1: the one that is asked for, as far as those before it are done. */
export function stepShown(asked: number | undefined, reached: number): number {
  return Math.min(asked ?? reached, reached)
}

/**
 * The step one is at, which stands in the address, so that Back and Forward go from step to step. `reached` is the
 * first step that is not done; what is further, or is no step, leads there. Undefined when somebody went back to
 * before the first step.
 */
export function useStep(reached: number, entry: Entry | undefined) {
  const { step: asked } = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  const [opened] = useState(asked)
  // What stands in the address without anybody having gone there: what waits in this browser is known a moment
  // after the page, and the place follows it.
  const [put, setPut] = useState(asked)
  const followed = asked === undefined || asked === put
  const step =
    asked === undefined && entry === undefined ? undefined : stepShown(followed ? opened : asked, reached)
  const here = () => router.state.location.state.exercise ?? { depth: 0, from: 0 }

  function go(to: number, replace = false) {
    setPut(undefined)
    const { depth, from } = here()
    return navigate({
      search: (now) => ({ ...now, step: to }),
      replace,
      state: { exercise: replace ? { depth, from } : { depth: depth + 1, from: asked ?? 0 } },
    })
  }

  const entered = useRef(false)
  useEffect(() => {
    if (step === undefined || step === asked) return
    if (asked === undefined && entry === 'push') {
      if (!entered.current) void go(step)
      entered.current = true
      return
    }
    setPut(step)
    void navigate({
      search: (now) => ({ ...now, step }),
      replace: true,
      state: { exercise: here() },
    })
  })

  return {
    step,
    /** From now on the place is what the address says. */
    pin: () => setPut(undefined),
    onwards: () => go((step ?? 0) + 1),
    goOn: () => go(reached),
    /** To the step before: in the history too, when it is there. */
    before() {
      const to = (step ?? 2) - 1
      if (here().from === to) router.history.back()
      else void go(to, true)
    },
    /** What is over is no way back: the history is again as it was before the first step. */
    leaveSteps() {
      const { depth } = here()
      if (depth > 0) router.history.go(-depth)
    },
  }
}
