import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import type { Problem } from '../../shared/http/problem'
import { serverNow } from '../../shared/http/serverClock'
import { useWrite } from '../../shared/http/useWrite'
import type { Language } from '../../shared/i18n/languages'
import { later } from '../../shared/offline/later'
import { keepPlace, keptPlace, sendPlace } from '../../shared/offline/places'
import { currentPerson } from '../../shared/session/person'

export type CourseCard = Reply<'/api/learning', 'get'>['courses'][number]
export type Course = Reply<'/api/courses/{course}', 'get'>
export type Module = Course['modules'][number]
export type Activity = Reply<'/api/courses/{course}/activities/{activity}', 'get'>
export type Quiz = NonNullable<Activity['quiz']>
export type Film = NonNullable<Activity['video']>
export type Question = Quiz['questions'][number]
export type Attempt = NonNullable<Quiz['last']>
export type Progress = Reply<'/api/courses/{course}/activities/{activity}/done', 'post'>
export type QuizAnswer = { question: string; options: string[]; text: string }

/** What every view of an activity is given. reload reads the activity anew. */
export interface ActivityViewProps {
  activity: Activity
  reload: () => Promise<unknown>
}

// The language is part of the key: the server answers in the person's own.
export const learningQuery = (language: Language) =>
  queryOptions({
    queryKey: ['learning', language],
    queryFn: ({ signal }) => unwrap(api.GET('/api/learning', { signal })),
  })

export const courseQuery = (course: string, language: Language) =>
  queryOptions({
    queryKey: ['course', course, language],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/courses/{course}', { params: { path: { course } }, signal })),
  })

export const activityQuery = (course: string, activity: string, language: Language) =>
  queryOptions({
    queryKey: ['course', course, 'activity', activity, language],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/courses/{course}/activities/{activity}', {
          params: { path: { course, activity } },
          signal,
        }),
      ),
    // A draft may have been saved on another device: always start from what the server has.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

function useProgressChanged(): (course: string) => Promise<void> {
  const queries = useQueryClient()
  return async (course) => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['learning'] }),
      queries.invalidateQueries({ queryKey: ['course', course], exact: false, refetchType: 'none' }),
    ])
  }
}

type Place = { course: string; activity: string }

// What follows is done without a network too: onKept hears that the write waits in this browser.

export function useMarkDone(place: Place, onDone: (progress: Progress) => unknown, onKept: () => unknown) {
  const changed = useProgressChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/courses/{course}/activities/{activity}/done', {
          params: { path: place },
          ...keyed(key),
          fetch: later({ kind: 'done', ...place }),
        }),
      ),
    onKept,
    onDone: async (progress) => {
      void changed(place.course)
      await onDone(progress)
    },
  })
}

export function useAttempt(
  place: Place,
  onDone: (attempt: Attempt) => unknown,
  onRefused: (problem: Problem) => unknown,
  onKept: () => unknown,
) {
  const changed = useProgressChanged()
  return useWrite({
    send: (body: { attempt?: string; answers: QuizAnswer[] }, key) =>
      unwrap(
        api.POST('/api/courses/{course}/activities/{activity}/attempts', {
          params: { path: place },
          body,
          ...keyed(key),
          fetch: later({ kind: 'answers', ...place }),
        }),
      ),
    onDone: async ({ attempt }) => {
      void changed(place.course)
      await onDone(attempt)
    },
    onRefused,
    onKept,
  })
}

/** Starts an attempt at a quiz, or finds the one that is open. */
export function useStartQuiz(place: Place, onStarted: () => unknown) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/courses/{course}/activities/{activity}/start', {
          params: { path: place },
          ...keyed(key),
        }),
      ),
    onDone: onStarted,
    // Its time runs from the start: it must not begin when the network comes back and nobody looks.
    once: true,
  })
}

export type StartWrite = Pick<ReturnType<typeof useStartQuiz>, 'start' | 'busy' | 'waiting' | 'problem'>

/** An attempt that is over never changes, but the reader's language may. */
export const attemptQuery = (course: string, activity: string, attempt: string, language: Language) =>
  queryOptions({
    queryKey: ['course', course, 'activity', activity, 'attempt', attempt, language],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/courses/{course}/activities/{activity}/attempts/{attempt}', {
          params: { path: { course, activity, attempt } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Hands in a task, or a step of a development task. */
export function useSubmission(
  { step, ...place }: Place & { step?: string | undefined },
  onDone: () => unknown,
  onRefused: () => unknown,
  onKept: () => unknown,
) {
  const changed = useProgressChanged()
  return useWrite({
    send: (written: { text: string; over: number }, key) =>
      step === undefined
        ? unwrap(
            api.POST('/api/courses/{course}/activities/{activity}/submission', {
              params: { path: place },
              body: written,
              ...keyed(key),
              fetch: later({ kind: 'text', ...place }),
            }),
          )
        : unwrap(
            api.POST('/api/courses/{course}/activities/{activity}/steps', {
              params: { path: place },
              body: { step, ...written },
              ...keyed(key),
              fetch: later({ kind: 'text', ...place }),
            }),
          ),
    onDone: async () => {
      void changed(place.course)
      await onDone()
    },
    onRefused,
    onKept,
  })
}

export function useDoneElsewhere(place: Place, onDone: () => unknown) {
  const changed = useProgressChanged()
  return useWrite({
    send: (on: string, key) =>
      unwrap(
        api.POST('/api/courses/{course}/activities/{activity}/done-elsewhere', {
          params: { path: place },
          body: { on },
          ...keyed(key),
          fetch: later({ kind: 'elsewhere', ...place }),
        }),
      ),
    onDone: async () => {
      void changed(place.course)
      await onDone()
    },
  })
}

/** Opening is all that some activities ask for: it is told once, and again when it did not arrive. */
export function useViewed(activity: Activity, onDone: () => unknown): void {
  const changed = useProgressChanged()
  const viewed = useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/courses/{course}/activities/{activity}/viewed', {
          params: { path: { course: activity.course, activity: activity.id } },
          ...keyed(key),
          fetch: later({ kind: 'viewed', course: activity.course, activity: activity.id }),
        }),
      ),
    onDone: async () => {
      void changed(activity.course)
      await onDone()
    },
  })
  const tell = useRef(() => viewed.start(undefined))
  useEffect(() => {
    if (activity.requires === 'view' && !activity.done) tell.current()
  }, [activity.requires, activity.done])
}

export function useAcknowledgement(place: Place, onSettled: () => Promise<unknown>) {
  const changed = useProgressChanged()
  return useWrite({
    send: (hash: string, key) =>
      unwrap(
        api.POST('/api/courses/{course}/activities/{activity}/acknowledgement', {
          params: { path: place },
          body: { hash },
          ...keyed(key),
          fetch: later({ kind: 'read', ...place }),
        }),
      ),
    onDone: async () => {
      void changed(place.course)
      await onSettled()
    },
    onRefused: onSettled,
  })
}

let lastPlace: Promise<unknown> = Promise.resolve()

/**
 * Remembers where a person is reading, or the second of a video, also without a network: the newest place waits in this browser until the server
 * has it. One is sent at a time. Nobody is told when it fails; onRefused hears that there is no such place any more.
 */
export function savePlace(
  course: string,
  activity: string,
  position: number,
  onRefused?: (problem: Problem) => void,
  second?: number,
): void {
  const person = currentPerson()
  if (person === undefined) return
  const place = { activity, position, ...(second !== undefined && { second }), at: serverNow() }
  keepPlace(person, course, place)
  lastPlace = lastPlace.then(async () => {
    const newest = keptPlace(person, course)
    if (newest !== undefined && newest.at > place.at) return
    try {
      const problem = await sendPlace(person, course, place)
      if (problem?.status === 404) onRefused?.(problem)
    } catch {
      // It is sent when there is a network again (shared/offline/outbox).
    }
  })
}
