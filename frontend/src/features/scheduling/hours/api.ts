import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import { type Hours, type NewRule, useHoursChanged } from '../api'

export type Settings = Reply<'/api/people/{person}/settings', 'get'>
export type Suggestion = Reply<'/api/people/{person}/hours/suggestions', 'get'>['suggestions'][number]
export type Block = Reply<'/api/people/{person}/hours/worth', 'get'>['blocks'][number]
export type Returned = Hours['returned'][number]
export type Travel = Reply<'/api/travel', 'get'>

export const settingsQuery = (person: string) =>
  queryOptions({
    queryKey: ['hours', person, 'settings'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}/settings', { params: { path: { person } }, signal })),
  })

export const suggestionsQuery = (person: string) =>
  queryOptions({
    queryKey: ['hours', person, 'suggestions'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}/hours/suggestions', { params: { path: { person } }, signal })),
    staleTime: 0,
  })

/** A published hour is offered to those who wait right after it is published: what is still of use changes then. */
const WORTH_REFRESH = 5_000

export const worthQuery = (person: string, unit: string, minutes: number) =>
  queryOptions({
    queryKey: ['hours', person, 'worth', unit, minutes],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/people/{person}/hours/worth', {
          params: { path: { person }, query: { unit, minutes } },
          signal,
        }),
      ),
    staleTime: 0,
    refetchInterval: WORTH_REFRESH,
  })

export const travelQuery = queryOptions({
  queryKey: ['travel'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/travel', { signal })),
})

export function useChangeSettings(person: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: Omit<Settings, 'person' | 'name'>, key) =>
      unwrap(api.PUT('/api/people/{person}/settings', { params: { path: { person } }, body, ...keyed(key) })),
    onDone: (settings) => {
      queries.setQueryData(settingsQuery(person).queryKey, settings)
      void queries.invalidateQueries({ queryKey: ['hours', person, 'worth'] })
      onDone()
    },
  })
}

export type ToPublish = {
  rules: NewRule[]
  extras: { date: string; from: string; to: string; unit: string; minutes: number }[]
}

export function usePublish(person: string, onDone: (publication: string, sent: ToPublish) => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (body: ToPublish, key) =>
      unwrap(
        api.POST('/api/people/{person}/hours/publications', {
          params: { path: { person } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: ({ publication, hours }, sent) => {
      changed(hours)
      onDone(publication, sent)
    },
  })
}

export function useUnpublish(person: string, onDone: () => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (publication: string, key) =>
      unwrap(
        api.DELETE('/api/people/{person}/hours/publications/{publication}', {
          params: { path: { person, publication } },
          ...keyed(key),
        }),
      ),
    onDone: (hours) => {
      changed(hours)
      onDone()
    },
  })
}

export function useMoveRule(person: string, rule: string, onDone: () => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (body: NewRule, key) =>
      unwrap(
        api.PUT('/api/people/{person}/hours/rules/{rule}', {
          params: { path: { person, rule } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: (hours) => {
      changed(hours)
      onDone()
    },
  })
}

export function useReopen(person: string, onDone?: () => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (date: string, key) =>
      unwrap(
        api.DELETE('/api/people/{person}/hours/returned/{date}', {
          params: { path: { person, date } },
          ...keyed(key),
        }),
      ),
    onDone: (hours) => {
      changed(hours)
      onDone?.()
    },
  })
}

export function useSetTravel(onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: { unit: string; other: string; minutes: number }, key) =>
      unwrap(api.PUT('/api/travel', { body, ...keyed(key) })),
    onDone: (travel) => {
      queries.setQueryData(travelQuery.queryKey, travel)
      onDone()
    },
  })
}
