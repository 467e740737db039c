import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import type { Problem } from '../../../shared/http/problem'
import { useWrite } from '../../../shared/http/useWrite'
import type { Language } from '../../../shared/i18n/languages'
import { later } from '../../../shared/offline/later'
import type { toSend } from './answers'

export type Measures = Reply<'/api/psycap/measures', 'get'>
export type Asked = Measures['waiting'][number]
export type Measure = Reply<'/api/psycap/measures/{cohort}/{instrument}/{point}', 'get'>
export type Item = Measure['items'][number]
export type Point = Asked['point']
export type Result = Reply<'/api/psycap/results', 'get'>['results'][number]

/** What is asked of a person: an instrument, at a point, in a cohort. */
export type Place = Pick<Asked, 'cohort' | 'instrument' | 'point'>

export const placeOf = ({ cohort, instrument, point }: Place): Place => ({ cohort, instrument, point })

/** Under this a place's draft and its writes are kept; the course stands for all that is no course. */
export const COURSE = 'psycap'
export const activityOf = ({ cohort, instrument, point }: Place) => `measure.${cohort}.${instrument}.${point}`

export const measuresQuery = (language: Language) =>
  queryOptions({
    queryKey: ['psycap', 'measures', language],
    queryFn: ({ signal }) => unwrap(api.GET('/api/psycap/measures', { signal })),
  })

export const measureQuery = (place: Place, language: Language) =>
  queryOptions({
    queryKey: ['psycap', 'measure', place.cohort, place.instrument, place.point, language],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/psycap/measures/{cohort}/{instrument}/{point}', { params: { path: place }, signal }),
      ),
    // A draft may have been saved on another device: always start from what the server has.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const resultsQuery = (language: Language) =>
  queryOptions({
    queryKey: ['psycap', 'results', language],
    queryFn: ({ signal }) => unwrap(api.GET('/api/psycap/results', { signal })),
  })

export const learnerResultsQuery = (cohort: string, person: string, language: Language) =>
  queryOptions({
    queryKey: ['cohort', cohort, 'learner', person, 'results', language],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/learners/{person}/results', {
          params: { path: { cohort, person } },
          signal,
        }),
      ),
    // Every look is written down, and what was shared may be closed again: each is made on purpose, and shows what is.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

function useChanged(): () => Promise<unknown> {
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['psycap', 'measures'] }),
      queries.invalidateQueries({ queryKey: ['psycap', 'results'] }),
    ])
}

type Handed = { version: string; answers: ReturnType<typeof toSend>; over: number }

/** Hands answers in, also without a network: onKept hears that they wait in this browser. */
export function useAnswer(
  place: Place,
  onDone: () => unknown,
  onRefused: (problem: Problem) => unknown,
  onKept: () => unknown,
) {
  const changed = useChanged()
  return useWrite({
    send: (body: Handed, key) =>
      unwrap(
        api.PUT('/api/psycap/measures/{cohort}/{instrument}/{point}/answers', {
          params: { path: place },
          body,
          ...keyed(key),
          fetch: later({ kind: 'measure', course: COURSE, activity: activityOf(place) }),
        }),
      ),
    onDone: async () => {
      void changed()
      await onDone()
    },
    onRefused,
    onKept,
  })
}

export function useDecline(place: Place) {
  const changed = useChanged()
  return useWrite({
    send: (declined: boolean, key) =>
      unwrap(
        api.PUT('/api/psycap/measures/{cohort}/{instrument}/{point}/decline', {
          params: { path: place },
          body: { declined },
          ...keyed(key),
        }),
      ),
    onDone: changed,
    onRefused: changed,
  })
}

export function useRefusal() {
  const changed = useChanged()
  return useWrite({
    send: (refused: boolean, key) =>
      unwrap(api.PUT('/api/psycap/measures/refusal', { body: { refused }, ...keyed(key) })),
    onDone: changed,
  })
}

export function useWithdraw(place: Place, onDone: () => unknown) {
  const changed = useChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.DELETE('/api/psycap/measures/{cohort}/{instrument}/{point}/answers', {
          params: { path: place },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      await changed()
      await onDone()
    },
  })
}

export function useShareResults(of: { cohort: string; instrument: string }) {
  const changed = useChanged()
  return useWrite({
    send: (shared: boolean, key) =>
      unwrap(api.PUT('/api/psycap/results/sharing', { body: { ...of, shared }, ...keyed(key) })),
    onDone: changed,
  })
}
