/**
 * Lines of a history, the newest first. Of one moment, what is given later came later: what follows from something else is given
 * after it. Moments are compared as such, for one on a whole second is written without a fraction.
 */
export function newestFirst<T extends { at: string }>(lines: readonly T[]): T[] {
  return lines.toReversed().sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
