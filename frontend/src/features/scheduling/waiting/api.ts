import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import { type Appointment, appointmentQuery, type Mode } from '../api'
import type { Guest } from '../booking/api'

type Requests = Reply<'/api/requests', 'get'>
export type WaitingRequest = Requests['requests'][number]
export type Offer = NonNullable<WaitingRequest['offer']>
export type Step = NonNullable<WaitingRequest['steps']>[number]
export type Line = Requests['lines'][number]
export type Fairness = Reply<'/api/requests/fairness', 'get'>

/** Offers come and go while one looks: what waits is asked for again now and then. */
const REFRESH = 20_000

export const requestsQuery = queryOptions({
  queryKey: ['requests', 'list'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/requests', { signal })),
  refetchInterval: REFRESH,
})

export const requestQuery = (request: string) =>
  queryOptions({
    queryKey: ['requests', 'one', request],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/requests/{request}', { params: { path: { request } }, signal })),
    refetchInterval: REFRESH,
  })

export const fairnessQuery = (unit: string) =>
  queryOptions({
    queryKey: ['requests', 'fairness', unit],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/requests/fairness', { params: { query: { unit } }, signal })),
    refetchInterval: REFRESH,
  })

export type Terms = {
  doctor?: string | undefined
  minutes: number
  mode: Mode
  with: string[]
  guests?: Guest[]
  never: string[]
  deadline?: string
  priority: 'normal' | 'urgent'
}

function useRequestChanged(onDone: (request: WaitingRequest) => unknown) {
  const queries = useQueryClient()
  return async (request: WaitingRequest) => {
    queries.setQueryData(requestQuery(request.id).queryKey, request)
    void queries.invalidateQueries({ queryKey: ['requests', 'fairness'] })
    void queries.invalidateQueries({ queryKey: ['cases'] })
    await queries.invalidateQueries({ queryKey: requestsQuery.queryKey })
    await onDone(request)
  }
}

export function useMakeRequest(onDone: (request: WaitingRequest) => unknown) {
  return useWrite({
    send: (body: Terms & { unit: string; case?: string }, key) =>
      unwrap(api.POST('/api/requests', { body, ...keyed(key) })),
    onDone: useRequestChanged(onDone),
  })
}

export function useChangeRequest(request: string, onDone: (request: WaitingRequest) => unknown) {
  return useWrite({
    send: (body: Terms, key) =>
      unwrap(api.PUT('/api/requests/{request}', { params: { path: { request } }, body, ...keyed(key) })),
    onDone: useRequestChanged(onDone),
  })
}

export function useWithdraw(request: string, onDone: (request: WaitingRequest) => unknown) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/requests/{request}/withdrawal', { params: { path: { request } }, ...keyed(key) }),
      ),
    onDone: useRequestChanged(onDone),
  })
}

function useOfferAnswered() {
  const queries = useQueryClient()
  return async () => {
    void queries.invalidateQueries({ queryKey: ['appointments', 'list'] })
    await queries.invalidateQueries({ queryKey: ['requests'] })
  }
}

/** Takes the offered time; a doctor who wants to be asked is asked then. */
export function useAccept(appointment: string, onDone: (taken: Appointment) => unknown) {
  const queries = useQueryClient()
  const answered = useOfferAnswered()
  return useWrite({
    send: (_: undefined, key): Promise<Appointment> =>
      unwrap(
        api.POST('/api/appointments/{appointment}/confirmation', {
          params: { path: { appointment } },
          ...keyed(key),
        }),
      ),
    onDone: async (taken) => {
      queries.setQueryData(appointmentQuery(taken.id).queryKey, taken)
      await onDone(taken)
      await answered()
    },
    onRefused: answered,
  })
}

export function useDecline(appointment: string, onDone: () => unknown) {
  const answered = useOfferAnswered()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/release', {
          params: { path: { appointment } },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      await answered()
      onDone()
    },
    onRefused: answered,
  })
}
