import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import { type Appointment, appointmentQuery } from '../api'
import type { Choice } from './queue'

/** An appointment that waits for a doctor's answer. */
export type Asking = Reply<'/api/unanswered', 'get'>['appointments'][number]

// Others ask while the page stands open.
const OFTEN = 60_000

export const unansweredQuery = queryOptions({
  queryKey: ['appointments', 'unanswered'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/unanswered', { signal })),
  refetchInterval: OFTEN,
})

export type AskedQuestion = Reply<'/api/unanswered/questions', 'get'>['questions'][number]

/**
 * What is asked about those appointments, in one request. It is kept for as long as the page stands: every reading is logged
 * as a look at the case.
 */
export const questionsQuery = (appointments: readonly string[]) =>
  queryOptions({
    queryKey: ['unanswered-questions', appointments],
    queryFn: ({ signal }) => unwrap(api.GET('/api/unanswered/questions', { signal })),
    enabled: appointments.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The times that suit the doctor and everybody who is asked along. */
export const otherTimesQuery = (appointment: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['appointments', 'times', appointment, from, to],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/appointments/{appointment}/times', {
          params: { path: { appointment }, query: { from, to } },
          signal,
        }),
      ),
    staleTime: 0,
  })

/** Sends an answer so that it arrives also when the page is closed meanwhile. */
export function sendAnswer(appointment: string, choice: Choice, key: string): Promise<Appointment> {
  return unwrap(
    api.POST('/api/appointments/{appointment}/answer', {
      params: { path: { appointment } },
      body: choice,
      keepalive: true,
      ...keyed(key),
    }),
  )
}

export const MARKS = ['arrived', 'noshow', 'fulfilled'] as const
export type Mark = (typeof MARKS)[number]

/** Shows what became of an appointment in all lists of it. */
function changed(queries: QueryClient, appointment: Appointment): void {
  queries.setQueryData(appointmentQuery(appointment.id).queryKey, appointment)
  void queries.invalidateQueries({ queryKey: ['appointments', 'list'] })
}

/** Says what became of an appointment; `booked` takes a mark back. */
export function useMark(appointment: string) {
  const queries = useQueryClient()
  return useWrite({
    send: (status: Mark | 'booked', key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/mark', {
          params: { path: { appointment } },
          body: { status },
          ...keyed(key),
        }),
      ),
    onDone: (appointment) => changed(queries, appointment),
  })
}

export function usePatientSystem(appointment: string) {
  const queries = useQueryClient()
  return useWrite({
    send: (done: boolean, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/patient-system', {
          params: { path: { appointment } },
          body: { done },
          ...keyed(key),
        }),
      ),
    onDone: (appointment) => changed(queries, appointment),
  })
}
