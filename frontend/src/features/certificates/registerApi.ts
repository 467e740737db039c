import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'

export type Register = Reply<'/api/cohorts/{cohort}/certificates', 'get'>
export type Registered = Register['certificates'][number]
export type Why = NonNullable<Registered['why']>

export const REASONS = ['error', 'misconduct', 'other'] as const satisfies readonly Why[]

export const registerQuery = (cohort: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'certificates'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/cohorts/{cohort}/certificates', { params: { path: { cohort } }, signal })),
  })

export const registersQuery = (org: string) =>
  queryOptions({
    queryKey: ['registers', org],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/organisations/{org}/registers', { params: { path: { org } }, signal })),
  })

export const creditsQuery = (org: string) =>
  queryOptions({
    queryKey: ['credits', org],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/organisations/{org}/credits', { params: { path: { org } }, signal })),
  })

function useRegisterChanged(onDone: (number: string) => unknown) {
  const queries = useQueryClient()
  return async (number: string) => {
    void queries.invalidateQueries({ queryKey: ['registers'] })
    await queries.invalidateQueries({ queryKey: ['cohorts'] })
    await onDone(number)
  }
}

export function useRevoke(cohort: string, number: string, onDone: (number: string) => unknown) {
  const changed = useRegisterChanged(onDone)
  return useWrite({
    send: (body: { why: Why; reason: string }, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/certificates/{number}/revocation', {
          params: { path: { cohort, number } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: () => changed(number),
  })
}

export function useReissue(cohort: string, number: string, onDone: (number: string) => unknown) {
  const changed = useRegisterChanged(onDone)
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/certificates/{number}/reissue', {
          params: { path: { cohort, number } },
          ...keyed(key),
        }),
      ),
    onDone: (issued) => changed(issued.number),
  })
}

export function useAllowCredits(org: string) {
  const queries = useQueryClient()
  return useWrite({
    send: (ects: boolean, key) =>
      unwrap(
        api.PUT('/api/organisations/{org}/credits', {
          params: { path: { org } },
          body: { ects },
          ...keyed(key),
        }),
      ),
    onDone: (_, ects) => queries.setQueryData(creditsQuery(org).queryKey, { ects }),
  })
}
