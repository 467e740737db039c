import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'

export type Roster = Reply<'/api/cohorts/{cohort}/roster', 'get'>
export type RosterRow = Roster['learners'][number]
export type Attendance = Reply<'/api/cohorts/{cohort}/attendance/{activity}', 'get'>

export const rosterQuery = (cohort: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'roster'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/cohorts/{cohort}/roster', { params: { path: { cohort } }, signal })),
  })

export const contactDaysQuery = (cohort: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'attendance'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/cohorts/{cohort}/attendance', { params: { path: { cohort } }, signal })),
  })

/** Asked for once: what somebody is just marking must not change under their thumb. */
export const attendanceQuery = (cohort: string, activity: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'attendance', activity],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/attendance/{activity}', {
          params: { path: { cohort, activity } },
          signal,
        }),
      ),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** After a write everything about cohorts is asked for anew. */
function useChanged<Output>(onDone: (output: Output) => unknown) {
  const queries = useQueryClient()
  return async (output: Output) => {
    void queries.invalidateQueries({ queryKey: ['cohorts'] })
    await onDone(output)
  }
}

export function useMarkAttendance(cohort: string, activity: string, onDone: () => unknown) {
  return useWrite({
    send: (body: { day: string; present: string[]; absent: string[] }, key) =>
      unwrap(
        api.PUT('/api/cohorts/{cohort}/attendance/{activity}', {
          params: { path: { cohort, activity } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: useChanged(onDone),
  })
}

export function useSendMessage(cohort: string, onDone: () => unknown) {
  return useWrite({
    send: (body: { people: string[]; subject: string; text: string }, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/messages', { params: { path: { cohort } }, body, ...keyed(key) }),
      ),
    onDone: useChanged(onDone),
  })
}

/** Tells how many of the people have a later day already, and keep it. */
export function useExtend(cohort: string, onDone: (later: number) => unknown) {
  return useWrite({
    send: (body: { people: string[]; target: string; until: string; reason: string }, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/extensions', { params: { path: { cohort } }, body, ...keyed(key) }),
      ),
    onDone: useChanged(({ later }: { later: string[] }) => onDone(later.length)),
  })
}

export function useSaveGroup(cohort: string, onDone: () => unknown) {
  return useWrite({
    send: (
      { group, ...body }: { group: string | undefined; name: string; members: string[]; trainers: string[] },
      key,
    ) =>
      group === undefined
        ? unwrap(
            api.POST('/api/cohorts/{cohort}/groups', { params: { path: { cohort } }, body, ...keyed(key) }),
          )
        : unwrap(
            api.PUT('/api/cohorts/{cohort}/groups/{group}', {
              params: { path: { cohort, group } },
              body,
              ...keyed(key),
            }),
          ),
    onDone: useChanged(onDone),
  })
}

export function useInviteAgain(cohort: string, person: string, onDone: () => unknown) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/learners/{person}/invitation', {
          params: { path: { cohort, person } },
          ...keyed(key),
        }),
      ),
    onDone: useChanged(onDone),
  })
}

export function useWithdrawInvitation(cohort: string, person: string, onDone: () => unknown) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.DELETE('/api/cohorts/{cohort}/learners/{person}/invitation', {
          params: { path: { cohort, person } },
          ...keyed(key),
        }),
      ),
    onDone: useChanged(onDone),
  })
}
