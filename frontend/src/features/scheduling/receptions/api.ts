import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'

export type Receptions = Reply<'/api/people/{person}/receptions', 'get'>
export type Reception = Receptions['receptions'][number]
export type PlannedDay = Reply<'/api/people/{person}/receptions/plan', 'get'>['days'][number]
export type Lendings = Reply<'/api/units/{unit}/lendings', 'get'>

export const receptionsQuery = (person: string) =>
  queryOptions({
    queryKey: ['receptions', person],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}/receptions', { params: { path: { person } }, signal })),
  })

export type Series = {
  unit: string
  from: string
  to: string
  minutes: number
  room?: string
  first: string
  until: string
  every: 'week' | 'month'
  interval: number
}

/** The days of a series and what stands in the way; nothing is saved. */
export const planQuery = (person: string, series: Series | undefined) =>
  queryOptions({
    queryKey: ['receptions', person, 'plan', series],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/people/{person}/receptions/plan', {
          params: { path: { person }, query: series as Series },
          signal,
        }),
      ),
    enabled: series !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

export type Shift = { date: string; from: string; to: string; following: boolean }

/** What a move would do to those who have a place; nothing is saved. */
export const tryMoveQuery = (reception: string, shift: Shift | undefined) =>
  queryOptions({
    queryKey: ['receptions', 'move', reception, shift],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/receptions/{reception}/move', {
          params: { path: { reception }, query: shift as Shift },
          signal,
        }),
      ),
    enabled: shift !== undefined,
    staleTime: 0,
    retry: false,
  })

function useReceptionsChanged(person: string): (receptions: Receptions) => void {
  const queries = useQueryClient()
  return (receptions) => {
    queries.setQueryData(receptionsQuery(person).queryKey, receptions)
    for (const key of ['hours', 'appointments', 'doctors', 'joint-times', 'requests'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
}

export type NewSeries = Pick<Series, 'unit' | 'from' | 'to' | 'minutes' | 'room'> & {
  places: number
  dates: string[]
}

export function usePlan(person: string, onDone: (receptions: Receptions) => unknown) {
  const changed = useReceptionsChanged(person)
  return useWrite({
    send: (body: NewSeries, key) =>
      unwrap(
        api.POST('/api/people/{person}/receptions', { params: { path: { person } }, body, ...keyed(key) }),
      ),
    onDone: (receptions) => {
      changed(receptions)
      onDone(receptions)
    },
  })
}

export function useMove(person: string, reception: string, onDone: (receptions: Receptions) => unknown) {
  const changed = useReceptionsChanged(person)
  return useWrite({
    send: (body: Shift, key) =>
      unwrap(
        api.POST('/api/receptions/{reception}/move', {
          params: { path: { reception } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: (receptions) => {
      changed(receptions)
      onDone(receptions)
    },
  })
}

export type Cancelling = { reception: string; following: boolean; unused?: boolean }

export function useCancelReceptions(
  person: string,
  onDone: (receptions: Receptions, asked: Cancelling) => unknown,
) {
  const changed = useReceptionsChanged(person)
  return useWrite({
    send: ({ reception, ...body }: Cancelling, key) =>
      unwrap(
        api.POST('/api/receptions/{reception}/cancellation', {
          params: { path: { reception } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: (receptions, asked) => {
      changed(receptions)
      onDone(receptions, asked)
    },
  })
}

export const lendingsQuery = (unit: string) =>
  queryOptions({
    queryKey: ['lendings', unit],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/units/{unit}/lendings', { params: { path: { unit } }, signal })),
  })

export function useLend(unit: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: ({ to, places }: { to: string; places: number }, key) =>
      unwrap(
        api.PUT('/api/units/{unit}/lendings/{to}', {
          params: { path: { unit, to } },
          body: { places },
          ...keyed(key),
        }),
      ),
    onDone: async (lendings) => {
      queries.setQueryData(lendingsQuery(unit).queryKey, lendings)
      await onDone()
    },
  })
}
