import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import { type Appointment, appointmentQuery } from '../api'

export const ANSWERS = ['accepted', 'tentative', 'declined'] as const
export type Answer = (typeof ANSWERS)[number]

export const MARKS = ['arrived', 'noshow', 'fulfilled'] as const
export type Mark = (typeof MARKS)[number]

/** A write that answers with what became of the appointment. */
function useChange<Input>(
  appointment: string,
  send: (input: Input, key: string) => Promise<Appointment>,
  onDone?: () => unknown,
) {
  const queries = useQueryClient()
  return useWrite({
    send,
    onDone: async (changed: Appointment) => {
      queries.setQueryData(appointmentQuery(appointment).queryKey, changed)
      void queries.invalidateQueries({ queryKey: ['appointments', 'list'] })
      await onDone?.()
    },
    onRefused: () => queries.invalidateQueries({ queryKey: appointmentQuery(appointment).queryKey }),
  })
}

export function useAnswer(appointment: string) {
  return useChange(appointment, (answer: Answer, key) =>
    unwrap(
      api.POST('/api/appointments/{appointment}/answer', {
        params: { path: { appointment } },
        body: { answer },
        ...keyed(key),
      }),
    ),
  )
}

export function useMark(appointment: string) {
  return useChange(appointment, (status: Mark | 'booked', key) =>
    unwrap(
      api.POST('/api/appointments/{appointment}/mark', {
        params: { path: { appointment } },
        body: { status },
        ...keyed(key),
      }),
    ),
  )
}

export function usePatientSystem(appointment: string) {
  return useChange(appointment, (done: boolean, key) =>
    unwrap(
      api.POST('/api/appointments/{appointment}/patient-system', {
        params: { path: { appointment } },
        body: { done },
        ...keyed(key),
      }),
    ),
  )
}

export const moveTimesQuery = (appointment: string, from: string, to: string) =>
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

export function useMove(appointment: string, onDone: () => unknown) {
  const queries = useQueryClient()
  const write = useChange(
    appointment,
    (start: string, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/move', {
          params: { path: { appointment } },
          body: { start },
          ...keyed(key),
        }),
      ).catch((error: unknown) => {
        // The times on the page are no longer right.
        void queries.invalidateQueries({ queryKey: ['appointments', 'times', appointment] })
        throw error
      }),
    onDone,
  )
  return write
}
