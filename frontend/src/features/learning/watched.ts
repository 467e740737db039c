/** Which seconds of a video were watched, so that a jump to the end does not count as having seen it. */
export type Watched = boolean[]

/** So much has to be watched, per mille, for a video to be done by itself: the closing seconds say little. */
export const ENOUGH = 900

/** A longer step between two looks is a jump, not watching; at double speed a slow device looks every second or two. */
const LONGEST_STEP = 4

/**
 * What was watched before, of which only the share is known: taken to be what stands before the second one is at, and
 * what comes after it when there was more.
 */
export function watchedBefore(seconds: number, perMille: number, second: number): Watched {
  const watched: Watched = new Array(seconds).fill(false)
  const share = Math.min(seconds, Math.round((perMille / 1000) * seconds))
  const end = Math.max(0, Math.min(seconds, Math.ceil(second)))
  for (let n = 0; n < share; n++) watched[n < end ? end - 1 - n : n] = true
  return watched
}

/** Takes in that the video played from one moment to another. */
export function watch(watched: Watched, from: number, to: number): void {
  if (to < from || to - from > LONGEST_STEP) return
  for (let second = Math.floor(from); second < Math.min(Math.ceil(to), watched.length); second++)
    watched[second] = true
}

export function perMilleOf(watched: Watched): number {
  if (watched.length === 0) return 0
  return Math.floor((watched.filter(Boolean).length / watched.length) * 1000)
}

/** 3:24, or 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
