import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import type { Kind } from '../cases/api'

export type ConsultationInList = Reply<'/api/consultations', 'get'>['asked'][number]
export type Consultation = Reply<'/api/consultations/{consultation}', 'get'>
type Replies = Reply<'/api/consultations/replies', 'get'>
export type UnitReplies = Replies['units'][number]

/** What the reader's side asked, and what is theirs to answer, without the texts; open and answered ones, or all. */
export const consultationsQuery = (over = false) =>
  queryOptions({
    queryKey: ['consultations', 'list', over],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/consultations', { params: { query: over ? { over } : {} }, signal })),
  })

/** One with its thread. Every reading of what others wrote is logged, so it is read once and kept for a while. */
export const consultationQuery = (consultation: string) =>
  queryOptions({
    queryKey: ['consultations', 'one', consultation],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/consultations/{consultation}', { params: { path: { consultation } }, signal })),
    staleTime: 30_000,
  })

export const repliesQuery = queryOptions({
  queryKey: ['consultations', 'replies'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/consultations/replies', { signal })),
})

function useChanged() {
  const queries = useQueryClient()
  return (changed: Consultation) => {
    queries.setQueryData(consultationQuery(changed.id).queryKey, changed)
    void queries.invalidateQueries({ queryKey: ['consultations', 'list'] })
    void queries.invalidateQueries({ queryKey: ['consultations', 'replies'] })
    void queries.invalidateQueries({ queryKey: ['cases'] })
  }
}

export type Asking = {
  case?: string
  unit: string
  doctor?: string
  kinds: Kind[]
  asked: string
  known: string
  tried: string
  consent: boolean
}

export function useAsk(onDone: (made: Consultation) => unknown, onRefused: () => unknown) {
  const changed = useChanged()
  return useWrite({
    send: (body: Asking, key) => unwrap(api.POST('/api/consultations', { body, ...keyed(key) })),
    onDone: (made) => {
      changed(made)
      return onDone(made)
    },
    onRefused,
  })
}

export function useWriteMessage(consultation: string, onDone: () => unknown, onRefused: () => unknown) {
  const changed = useChanged()
  return useWrite({
    send: (body: { text: string; answer: boolean }, key) =>
      unwrap(
        api.POST('/api/consultations/{consultation}/messages', {
          params: { path: { consultation } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: (made) => {
      // First the draft is over: the thread that comes now would bring a new form for it.
      onDone()
      changed(made)
    },
    onRefused,
  })
}

export function useCloseConsultation(consultation: string, onDone: () => unknown) {
  const changed = useChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/consultations/{consultation}/closing', {
          params: { path: { consultation } },
          ...keyed(key),
        }),
      ),
    onDone: (made) => {
      changed(made)
      onDone()
    },
  })
}

export function useTurn(consultation: string, onDone: (turned: Consultation) => unknown) {
  const changed = useChanged()
  return useWrite({
    send: (consent: boolean, key) =>
      unwrap(
        api.POST('/api/consultations/{consultation}/turning', {
          params: { path: { consultation } },
          body: { consent },
          ...keyed(key),
        }),
      ),
    onDone: (turned) => {
      changed(turned)
      return onDone(turned)
    },
  })
}

export function useSetTarget(unit: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (days: number, key) =>
      unwrap(
        api.PUT('/api/units/{unit}/consultation-target', {
          params: { path: { unit } },
          body: { days },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['consultations', 'replies'] })
      onDone()
    },
  })
}
