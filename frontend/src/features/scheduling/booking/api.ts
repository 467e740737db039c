import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { minutesBetween } from '../../../shared/dates/dates'
import { api, keyed, unwrap } from '../../../shared/http/client'
import type { Problem } from '../../../shared/http/problem'
import { useWrite } from '../../../shared/http/useWrite'
import { type Appointment, appointmentQuery, type Slot } from '../api'
import { neversText, neverText } from './never'
import { seatsText, seatText } from './seats'
import type { Wish } from './wish'

export const GUEST_ROLES = ['professional', 'interpreter', 'other'] as const
export type GuestRole = (typeof GUEST_ROLES)[number]

/** Somebody without an account, who is written to by mail. */
export type Guest = { name: string; email: string; role: GuestRole; language: string }

export const jointTimesQuery = (wish: Wish) =>
  queryOptions({
    queryKey: ['joint-times', wish],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/joint-times', {
          params: {
            query: {
              doctor: wish.doctor,
              unit: wish.unit,
              mode: wish.mode,
              from: wish.from,
              to: wish.to,
              minutes: wish.minutes,
              with: seatsText(wish.seats),
              never: neversText(wish.never),
            },
          },
          signal,
        }),
      ),
    staleTime: 0,
  })

export const resourcesQuery = queryOptions({
  queryKey: ['resources'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/resources', { signal })),
})

/** The times that the person keeps and has not booked. */
export const holdsQuery = queryOptions({
  queryKey: ['holds'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/holds', { signal })),
  staleTime: 0,
})

/** Everything that a change of one appointment may have made old. */
function useChanged(): (appointment: Appointment) => void {
  const queries = useQueryClient()
  return (appointment) => {
    queries.setQueryData(appointmentQuery(appointment.id).queryKey, appointment)
    void queries.invalidateQueries({ queryKey: ['appointments', 'list'] })
    void queries.invalidateQueries({ queryKey: holdsQuery.queryKey })
  }
}

export type HoldWish = { slot: Slot; doctor: string; wish: Wish; guests: readonly Guest[]; instead?: string }

/** Keeps a time; of two who tap the same one gets it. The time kept before is let go only when the new one is theirs. */
export function useHold(onDone: (appointment: Appointment) => unknown) {
  const queries = useQueryClient()
  const changed = useChanged()
  return useWrite({
    send: ({ slot, doctor, wish, guests, instead }: HoldWish, key) =>
      unwrap(
        api.POST('/api/holds', {
          body: {
            doctor,
            unit: wish.unit,
            start: slot.start,
            minutes: minutesBetween(slot.start, slot.end),
            mode: wish.mode,
            with: wish.seats.map(seatText),
            never: wish.never.map(neverText),
            guests: [...guests],
            ...(wish.case && { case: wish.case }),
            ...(instead && { instead }),
          },
          ...keyed(key),
        }),
      ),
    onDone: async (appointment, { instead }) => {
      changed(appointment)
      if (instead) queries.removeQueries({ queryKey: appointmentQuery(instead).queryKey })
      void queries.invalidateQueries({ queryKey: ['joint-times'] })
      await onDone(appointment)
    },
    // Whatever was refused, the list of times on the page is no longer right.
    onRefused: () => queries.invalidateQueries({ queryKey: ['joint-times'] }),
  })
}

export function useExtend(appointment: string) {
  const changed = useChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/extension', {
          params: { path: { appointment } },
          ...keyed(key),
        }),
      ),
    onDone: changed,
  })
}

export function useConfirm(appointment: string, onDone: (appointment: Appointment) => unknown) {
  const changed = useChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/confirmation', {
          params: { path: { appointment } },
          ...keyed(key),
        }),
      ),
    onDone: async (confirmed) => {
      changed(confirmed)
      await onDone(confirmed)
    },
  })
}

export function useRelease(appointment: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/release', {
          params: { path: { appointment } },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      await onDone()
      void queries.invalidateQueries({ queryKey: ['appointments'] })
      void queries.invalidateQueries({ queryKey: holdsQuery.queryKey })
      void queries.invalidateQueries({ queryKey: ['joint-times'] })
    },
  })
}

export function useTakeProposed(appointment: string, onDone: (made: Appointment) => unknown) {
  const queries = useQueryClient()
  const changed = useChanged()
  return useWrite({
    send: (start: string, key) =>
      unwrap(
        api.POST('/api/appointments/{appointment}/proposal', {
          params: { path: { appointment } },
          body: { start },
          ...keyed(key),
        }),
      ),
    onDone: async (made) => {
      changed(made)
      await onDone(made)
      void queries.invalidateQueries({ queryKey: appointmentQuery(appointment).queryKey })
    },
    onRefused: () => queries.invalidateQueries({ queryKey: appointmentQuery(appointment).queryKey }),
  })
}

export type Taken = { taken: { person: string; name: string }[]; next: Slot[] }

const WITH_NEXT = [
  'time_taken',
  'outside_hours',
  'too_soon',
  'too_far',
  'limit_reached',
  'client_impossible',
  'quota_reached',
]

/** Who is taken and the next free times, out of a refused booking; undefined for other refusals. */
export function takenOf(problem: Problem | undefined): Taken | undefined {
  if (problem === undefined || !WITH_NEXT.includes(problem.code)) return undefined
  const info = (problem.info ?? {}) as Partial<Taken>
  return {
    taken: Array.isArray(info.taken) ? info.taken : [],
    next: Array.isArray(info.next) ? info.next : [],
  }
}
