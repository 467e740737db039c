import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../shared/http/problem'
import { currentPerson } from '../../shared/session/person'
import { type Activity, savePlace } from './api'
import { usePlaceBefore } from './usePlace'
import { ENOUGH, perMilleOf, watch, watchedBefore } from './watched'

const EVERY = 10_000
const AFTER_SEEKING = 1000
/** Who left a video in its last seconds begins anew. */
const CLOSING = 2

type Spot = { second: number; perMille: number }

// Where videos were left on this page: the server remembers one place in a course, and that may be in another activity by now.
const left = new Map<string, Spot>()

function spotOf({ course, id }: Activity, place: Activity['place']): Spot {
  if (place?.activity === id) return { second: place.second ?? 0, perMille: place.position }
  return left.get(`${currentPerson()}:${course}.${id}`) ?? { second: 0, perMille: 0 }
}

/**
 * Where a viewer goes on, on any device; remembers where they get to, every ten seconds, when they pause and when they leave.
 * Calls onEnough once, when nearly all of the video has been watched. Gives why a place was refused: the course may have been
 * published without this video.
 */
export function useVideoPlace(
  activity: Activity,
  video: RefObject<HTMLVideoElement | null>,
  seconds: number,
  onEnough: () => void,
): { start: number; refused: Problem | undefined } {
  const [refused, setRefused] = useState<Problem>()
  const place = usePlaceBefore(activity)
  const [begun] = useState(() => spotOf(activity, place))
  const start = begun.second >= seconds - CLOSING ? 0 : begun.second
  const enough = useRef(onEnough)
  useEffect(() => {
    enough.current = onEnough
  })
  const { course, id } = activity
  const here = place?.activity === id

  useEffect(() => {
    const element = video.current
    if (element === null) return
    const watched = watchedBefore(seconds, begun.perMille, begun.second)
    let told = false
    let from: number | undefined
    let second = start
    let saved: Spot = { second: start, perMille: perMilleOf(watched) }
    let savedAt = 0
    let soon: ReturnType<typeof setTimeout> | undefined

    const save = () => {
      const spot = { second: Math.floor(second), perMille: perMilleOf(watched) }
      if (spot.second === saved.second && spot.perMille === saved.perMille) return
      saved = spot
      savedAt = Date.now()
      left.set(`${currentPerson()}:${course}.${id}`, spot)
      savePlace(course, id, spot.perMille, setRefused, spot.second)
    }
    const look = () => {
      // Before the start was found nothing has been played, and a place of 0 would overwrite the one that is looked for.
      if (element.readyState === 0) return
      const now = element.currentTime
      if (from !== undefined && !element.seeking) watch(watched, from, now)
      from = element.paused || element.seeking ? undefined : now
      second = now
      if (!told && perMilleOf(watched) >= ENOUGH) {
        told = true
        enough.current()
      }
      if (!element.paused && Date.now() - savedAt >= EVERY) save()
    }
    const played = () => {
      if (from === undefined) savedAt = Date.now()
      from = element.currentTime
    }
    const stopped = () => {
      look()
      save()
    }
    const sought = () => {
      look()
      clearTimeout(soon)
      // Who looks for a place makes many steps.
      if (element.paused) soon = setTimeout(save, AFTER_SEEKING)
    }
    const leaving = () => {
      if (document.visibilityState === 'hidden') save()
    }
    // Opening a video is a place too: "Continue" comes back here from another device.
    if (!here) savePlace(course, id, saved.perMille, setRefused, saved.second)
    element.addEventListener('timeupdate', look)
    element.addEventListener('playing', played)
    element.addEventListener('seeking', look)
    element.addEventListener('seeked', sought)
    element.addEventListener('pause', stopped)
    element.addEventListener('ended', stopped)
    document.addEventListener('visibilitychange', leaving)
    return () => {
      element.removeEventListener('timeupdate', look)
      element.removeEventListener('playing', played)
      element.removeEventListener('seeking', look)
      element.removeEventListener('seeked', sought)
      clearTimeout(soon)
      element.removeEventListener('pause', stopped)
      element.removeEventListener('ended', stopped)
      document.removeEventListener('visibilitychange', leaving)
      save()
    }
  }, [course, id, here, begun, start, seconds, video])
  return { start, refused }
}
