import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'

export type Appointment = Reply<'/api/appointments', 'get'>['appointments'][number]
export type Doctor = Reply<'/api/doctors', 'get'>['doctors'][number]
export type JointTimes = Reply<'/api/joint-times', 'get'>
export type Slot = JointTimes['days'][number]['times'][number]
export type Hours = Reply<'/api/people/{person}/hours', 'get'>
export type Rule = Hours['rules'][number]
export type Exception = Hours['exceptions'][number]

export const MODES = ['on_site', 'phone', 'video'] as const
export type Mode = (typeof MODES)[number]

export const REASONS = ['illness', 'client', 'double', 'other'] as const
export type Reason = (typeof REASONS)[number]

export const doctorsQuery = queryOptions({
  queryKey: ['doctors'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/doctors', { signal })),
})

export const coordinatorsQuery = queryOptions({
  queryKey: ['coordinators'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/coordinators', { signal })),
})

export const professionalsQuery = queryOptions({
  queryKey: ['professionals'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/professionals', { signal })),
})

export const appointmentsQuery = (from: string, to: string, doctor?: string) =>
  queryOptions({
    queryKey: ['appointments', 'list', from, to, doctor ?? ''],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/appointments', { params: { query: { from, to, ...(doctor && { doctor }) } }, signal }),
      ),
  })

export const appointmentQuery = (appointment: string) =>
  queryOptions({
    queryKey: ['appointments', 'one', appointment],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/appointments/{appointment}', { params: { path: { appointment } }, signal })),
    // Others answer it and move it meanwhile.
    staleTime: 0,
  })

export const hoursQuery = (person: string) =>
  queryOptions({
    queryKey: ['hours', person],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}/hours', { params: { path: { person } }, signal })),
  })

export function useCancel(appointment: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (reason: Reason, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/cancellation', {
          params: { path: { appointment } },
          body: { reason },
          ...keyed(key),
        }),
      ),
    onDone: async (changed) => {
      queries.setQueryData(appointmentQuery(appointment).queryKey, changed)
      void queries.invalidateQueries({ queryKey: ['appointments', 'list'] })
      await onDone()
    },
  })
}

/** What hours are for: meeting people, or consultations in writing. */
export const PURPOSES = ['joint', 'written'] as const
export type Purpose = (typeof PURPOSES)[number]

export type NewRule = {
  unit: string
  weekday: number
  from: string
  to: string
  minutes: number
  validFrom: string
  validUntil?: string
  purpose?: Purpose
}

export type NewException = {
  date: string
  kind: 'away' | 'extra' | 'open'
  from?: string
  to?: string
  unit?: string
  minutes?: number
  purpose?: Purpose
}

/** Everything that follows from a person's hours is asked for again; the hours themselves have come with the answer. */
export function useHoursChanged(person: string): (hours: Hours) => void {
  const queries = useQueryClient()
  return (hours) => {
    queries.setQueryData(hoursQuery(person).queryKey, hours)
    void queries.invalidateQueries({ queryKey: ['hours', person, 'suggestions'] })
    void queries.invalidateQueries({ queryKey: ['hours', person, 'worth'] })
    void queries.invalidateQueries({ queryKey: ['doctors'] })
    void queries.invalidateQueries({ queryKey: ['receptions', person] })
  }
}

export function useAddRule(person: string, onDone: () => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (body: NewRule, key) =>
      unwrap(
        api.POST('/api/people/{person}/hours/rules', { params: { path: { person } }, body, ...keyed(key) }),
      ),
    onDone: (hours) => {
      changed(hours)
      onDone()
    },
  })
}

export function useRemoveRule(person: string, onDone: () => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (rule: string, key) =>
      unwrap(
        api.DELETE('/api/people/{person}/hours/rules/{rule}', {
          params: { path: { person, rule } },
          ...keyed(key),
        }),
      ),
    onDone: (hours) => {
      changed(hours)
      onDone()
    },
  })
}

export function useAddException(person: string, onDone: () => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (body: NewException, key) =>
      unwrap(
        api.POST('/api/people/{person}/hours/exceptions', {
          params: { path: { person } },
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

export function useRemoveException(person: string, onDone: () => unknown) {
  const changed = useHoursChanged(person)
  return useWrite({
    send: (exception: string, key) =>
      unwrap(
        api.DELETE('/api/people/{person}/hours/exceptions/{exception}', {
          params: { path: { person, exception } },
          ...keyed(key),
        }),
      ),
    onDone: (hours) => {
      changed(hours)
      onDone()
    },
  })
}
