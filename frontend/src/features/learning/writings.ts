import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import type { Problem } from '../../shared/http/problem'
import { useWrite } from '../../shared/http/useWrite'
import type { Language } from '../../shared/i18n/languages'
import { later } from '../../shared/offline/later'
import type { Activity } from './api'

export type Work = NonNullable<Activity['work']>
export type OneTry = Work['tries'][number]
export type Went = NonNullable<OneTry['try']['went']>
export type Use = NonNullable<OneTry['try']['followUps'][number]['use']>
export type Sharing = Work['sharing']
export type Privacy = Sharing['privacy']
export type Shared = Reply<'/api/courses/{course}/shared', 'get'>['shared'][number]

export const PRIVACIES = ['private', 'done', 'read', 'cohort'] as const satisfies readonly Privacy[]

type Place = { course: string; activity: string }

/** When the text was written that the person had before them; undefined in what an older program kept. */
type Over = { over: number | undefined }

export type Step =
  | { kind: 'plan'; what: string; with: string; by: string }
  | ({ kind: 'replan'; try: string; what: string; with: string; by: string } & Over)
  | ({ kind: 'story'; try: string; went: Went; on?: string; text: string } & Over)
  | ({ kind: 'later'; try: string; days: number; use: Use; text: string } & Over)
  /** Saw is who might know, as the page showed: what was closed on another device since is not opened. */
  | ({ kind: 'reflection'; text: string; privacy: Privacy; saw: Privacy } & Over)

/** What a text is written over, for the server: 0 when there is none. */
export function momentOf(at: string | undefined): number {
  return at === undefined ? 0 : Date.parse(at)
}

const BASE = '/api/courses/{course}/activities/{activity}'

function send(place: Place, step: Step, key: string) {
  const fetch = later({ kind: step.kind === 'reflection' ? 'reflection' : 'try', ...place })
  switch (step.kind) {
    case 'plan': {
      const { kind: _, ...body } = step
      return unwrap(api.POST(`${BASE}/tries`, { params: { path: place }, body, ...keyed(key), fetch }))
    }
    case 'replan': {
      const { kind: _, try: id, over, ...body } = step
      return unwrap(
        api.PUT(`${BASE}/tries/{try}/plan`, {
          params: { path: { ...place, try: id } },
          body: { ...body, ...(over !== undefined && { over }) },
          ...keyed(key),
          fetch,
        }),
      )
    }
    case 'story': {
      const { kind: _, try: id, over, ...body } = step
      return unwrap(
        api.POST(`${BASE}/tries/{try}/story`, {
          params: { path: { ...place, try: id } },
          body: { ...body, ...(over !== undefined && { over }) },
          ...keyed(key),
          fetch,
        }),
      )
    }
    case 'later': {
      const { kind: _, try: id, over, ...body } = step
      return unwrap(
        api.POST(`${BASE}/tries/{try}/follow-ups`, {
          params: { path: { ...place, try: id } },
          body: { ...body, ...(over !== undefined && { over }) },
          ...keyed(key),
          fetch,
        }),
      )
    }
    case 'reflection': {
      const { kind: _, over, ...body } = step
      return unwrap(
        api.PUT(`${BASE}/reflection`, {
          params: { path: place },
          body: { ...body, ...(over !== undefined && { over }) },
          ...keyed(key),
          fetch,
        }),
      )
    }
  }
}

/** One step of something tried at work, or a reflection. */
export function useStep(
  place: Place,
  onDone: () => unknown,
  onRefused: (problem: Problem) => unknown,
  onKept: () => unknown,
) {
  const queries = useQueryClient()
  return useWrite({
    send: (step: Step, key) => send(place, step, key),
    onDone: async () => {
      void queries.invalidateQueries({ queryKey: ['learning'] })
      void queries.invalidateQueries({
        queryKey: ['course', place.course],
        exact: false,
        refetchType: 'none',
      })
      await onDone()
    },
    onRefused,
    onKept,
  })
}

export function useShare(place: Place, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (choice: { privacy: Privacy; saw: Privacy }, key) =>
      unwrap(
        api.PUT(`${BASE}/sharing`, {
          params: { path: place },
          body: choice,
          ...keyed(key),
          fetch: later({ kind: 'sharing', ...place }),
        }),
      ),
    onDone: async () => {
      void queries.invalidateQueries({ queryKey: ['shared', place.course] })
      await onDone()
    },
    onRefused: (problem) => problem.code === 'closed_since' && onDone(),
  })
}

export const sharedQuery = (course: string, language: Language) =>
  queryOptions({
    queryKey: ['shared', course, language],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/courses/{course}/shared', { params: { path: { course } }, signal })),
  })

/** Its writer sees that it was opened, so it is asked for once and not behind the reader's back. */
const once = { staleTime: 60_000, refetchOnWindowFocus: false, refetchOnReconnect: false }

export const readSharedQuery = (course: string, person: string, activity: string) =>
  queryOptions({
    queryKey: ['shared', course, 'read', person, activity],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/courses/{course}/shared/{person}/{activity}', {
          params: { path: { course, person, activity } },
          signal,
        }),
      ),
    ...once,
  })

export type Written = Reply<'/api/courses/{course}/shared/{person}/{activity}', 'get'>

/** What a learner shares with the trainers of their cohort. */
export const writingQuery = (cohort: string, person: string, activity: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'learner', person, 'writing', activity],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/learners/{person}/writings/{activity}', {
          params: { path: { cohort, person, activity } },
          signal,
        }),
      ),
    ...once,
  })
