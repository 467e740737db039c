import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'

export type Decision = Reply<'/api/cohorts/{cohort}/learners/{person}/decisions', 'get'>['decisions'][number]
export type CreditKind = NonNullable<Decision['credit']>
/** The decisions that can be taken back here. */
export type Withdrawable = Extract<Decision['kind'], 'credited' | 'compensated'>

export function isWithdrawable(kind: Decision['kind']): kind is Withdrawable {
  return kind === 'credited' || kind === 'compensated'
}

/** Every reading of the reasons goes to the access log, so they are asked for once and not behind the reader's back. */
export const decisionsQuery = (cohort: string, person: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'learner', person, 'decisions'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/learners/{person}/decisions', {
          params: { path: { cohort, person } },
          signal,
        }),
      ),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

type Path = { cohort: string; person: string }

/** After a decision everything about cohorts is asked for anew. */
function useDecided(onDone: () => unknown) {
  const queries = useQueryClient()
  return async () => {
    void queries.invalidateQueries({ queryKey: ['cohorts'] })
    await onDone()
  }
}

export function useCredit(path: Path, onDone: () => unknown) {
  return useWrite({
    send: (body: { module: string; kind: CreditKind; basis: string }, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/learners/{person}/credits', {
          params: { path },
          body,
          ...keyed(key),
        }),
      ),
    onDone: useDecided(onDone),
  })
}

/** Takes a credit or a compensation back. Target is the module, or the contact day. */
export function useWithdraw(path: Path, kind: Withdrawable, target: string, onDone: () => unknown) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        kind === 'credited'
          ? api.DELETE('/api/cohorts/{cohort}/learners/{person}/credits/{module}', {
              params: { path: { ...path, module: target } },
              ...keyed(key),
            })
          : api.DELETE('/api/cohorts/{cohort}/learners/{person}/compensations/{activity}', {
              params: { path: { ...path, activity: target } },
              ...keyed(key),
            }),
      ),
    onDone: useDecided(onDone),
  })
}

export function useCompensate(path: Path, onDone: () => unknown) {
  return useWrite({
    send: (body: { activity: string; basis: string }, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/learners/{person}/compensations', {
          params: { path },
          body,
          ...keyed(key),
        }),
      ),
    onDone: useDecided(onDone),
  })
}
