import { useEffect, useRef, useState } from 'react'
import { serverNow } from '../../../shared/http/serverClock'

/**
 * Whole seconds until a moment of the server's, and never less than none. The last one is not counted: the server's time is
 * known to a second, and a time that still seems to be kept must be.
 */
export function secondsLeft(expires: string, now: number): number {
  return Math.max(0, Math.floor((Date.parse(expires) - now) / 1000))
}

/** A time is kept for ten minutes, and once for ten more. */
const KEPT = 600

/** 9:58 */
export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const TOLD = [300, 60, 0] as const
export type Told = (typeof TOLD)[number]

/** What of the time that is left is worth saying aloud, as it goes from one figure to the next: the last mark passed. */
export function toldBetween(before: number, after: number): Told | undefined {
  return TOLD.findLast((mark) => before > mark && after <= mark)
}

/**
 * How long a time is still kept, counted down each second, and what a screen reader should say of it now. It is never longer than
 * times are kept at all: where answers come late, the server's clock is known to be no less than a little behind.
 */
export function useCountdown(expires: string, extended = false): { left: number; told: Told | undefined } {
  const most = extended ? 2 * KEPT : KEPT
  const [left, setLeft] = useState(() => Math.min(most, secondsLeft(expires, serverNow())))
  const [told, setTold] = useState<Told>()
  const before = useRef(left)
  useEffect(() => {
    function count() {
      const now = Math.min(most, secondsLeft(expires, serverNow()))
      const mark = toldBetween(before.current, now)
      if (mark !== undefined) setTold(mark)
      // Kept longer: what was said before does not hold any more.
      else if (now > before.current) setTold(undefined)
      before.current = now
      setLeft(now)
    }
    count()
    const timer = setInterval(count, 1000)
    // Browsers count slowly, or not at all, while nobody looks.
    document.addEventListener('visibilitychange', count)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', count)
    }
  }, [expires, most])
  return { left, told }
}
