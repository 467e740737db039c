import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/**
 * Whoever goes on to another step, or to an easier one, is at its beginning, also with what reads aloud, and also by
 * Back: the router would lead to where that step was left.
 */
export function useBeginning(shown: string, atOnce = false): void {
  const router = useRouter()
  const before = useRef(atOnce ? undefined : shown)
  useEffect(() => {
    if (before.current !== shown) toBeginning()
    const moved = before.current !== shown
    before.current = shown
    return moved ? router.subscribe('onRendered', () => window.scrollTo(0, 0)) : undefined
  }, [router, shown])
}

/** To the heading of what has come in the place of something else on the same page. */
function toBeginning() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  window.scrollTo(0, 0)
}
