import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../shared/http/problem'
import { keptPlace } from '../../shared/offline/places'
import { useOffline } from '../../shared/offline/status'
import { currentPerson } from '../../shared/session/person'
import { type Activity, savePlace } from './api'

const EVERY = 10_000

/** How far down an element has been read, per mille: what has gone above the lower edge of the window. */
export function readPerMille(top: number, height: number, windowHeight: number): number {
  if (height <= 0 || height + top <= windowHeight) return top < 0 || height <= windowHeight ? 1000 : 0
  return Math.max(0, Math.min(1000, Math.round((-top / (height - windowHeight * 0.5)) * 1000)))
}

/**
 * Puts a reader back where they were in a long text, on any device, and remembers where they get to. Gives why a place was
 * refused: the course may have been published without this activity while it was read.
 */
export function usePlace(activity: Activity, content: RefObject<HTMLElement | null>): Problem | undefined {
  const [refused, setRefused] = useState<Problem>()
  const place = usePlaceBefore(activity)
  const startAt = useRef(place?.activity === activity.id ? place.position : 0)

  useEffect(() => {
    const element = content.current
    if (element === null) return
    if (startAt.current > 20 && startAt.current < 1000) {
      const { top, height } = element.getBoundingClientRect()
      window.scrollTo({
        top: window.scrollY + top + (height - window.innerHeight * 0.5) * (startAt.current / 1000),
      })
    }
    let reached = startAt.current
    let saved = reached
    const look = () => {
      const { top, height } = element.getBoundingClientRect()
      reached = readPerMille(top, height, window.innerHeight)
    }
    const save = () => {
      if (Math.abs(reached - saved) < 10) return
      saved = reached
      savePlace(activity.course, activity.id, reached, setRefused)
    }
    const leaving = () => {
      if (document.visibilityState === 'hidden') save()
    }
    // Opening a lesson is a place too: "Continue" comes back here from another device.
    if (place?.activity !== activity.id) savePlace(activity.course, activity.id, 0)
    const timer = setInterval(save, EVERY)
    window.addEventListener('scroll', look, { passive: true })
    document.addEventListener('visibilitychange', leaving)
    return () => {
      clearInterval(timer)
      window.removeEventListener('scroll', look)
      document.removeEventListener('visibilitychange', leaving)
      save()
    }
  }, [activity.course, activity.id, place?.activity, content])
  return refused
}

/** Where the person was in the course when they opened an activity: a copy of it may be older than what this browser knows. */
export function usePlaceBefore(activity: Activity): Activity['place'] {
  const copied = useOffline().shown[`/api/courses/${activity.course}/activities/${activity.id}`] !== undefined
  const [place] = useState(() => (copied ? placeHere(activity.course) : undefined) ?? activity.place)
  return place
}

/** Where the person got to in this browser, when the server does not know it yet. */
function placeHere(course: string) {
  const person = currentPerson()
  return person === undefined ? undefined : keptPlace(person, course)
}
