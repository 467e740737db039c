/** How far this device's clock is behind the server's, in ms; for what ends at a moment of the server's. */
let behind: number | undefined

// So much less than before is a clock that was set while the page was open; a little less is an answer that came late.
const JUMP = 60_000

/**
 * Learns from the Date of an answer. It names a whole second that had begun when the server answered, so each answer
 * tells at least how far this clock is behind, and the greatest of them is the nearest.
 */
export function sawServerTime(date: string | null, now = Date.now()): void {
  const told = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(told)) return
  const seen = told - now
  behind = behind === undefined || behind - seen > JUMP ? seen : Math.max(behind, seen)
}

/** The time as the server has it, in ms. */
export function serverNow(now = Date.now()): number {
  return now + (behind ?? 0)
}
