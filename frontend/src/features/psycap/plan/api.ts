import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import type { Language } from '../../../shared/i18n/languages'

export type Plan = Reply<'/api/cohorts/{cohort}/measures', 'get'>
export type PointOf = Plan['points'][number]
export type Point = PointOf['point']
export type Draft = Pick<Plan, 'ends' | 'days'> & { measures: { instrument: string; points: Point[] }[] }

export const planQuery = (cohort: string, language: Language) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'measures', language],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/cohorts/{cohort}/measures', { params: { path: { cohort } }, signal })),
  })

/** The points as they would be: one place computes their days, and it is the server. */
export const datesQuery = (
  { cohort }: Pick<Plan, 'cohort'>,
  language: Language,
  { ends, days }: Pick<Draft, 'ends' | 'days'>,
) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'measures', language, ends, days],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/measures', {
          params: { path: { cohort }, query: { ends, days } },
          signal,
        }),
      ),
    select: ({ points }) => points,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export function usePlan(cohort: string, language: Language, onDone: (plan: Plan) => void) {
  const queries = useQueryClient()
  return useWrite({
    send: (draft: Draft, key) =>
      unwrap(
        api.PUT('/api/cohorts/{cohort}/measures', {
          params: { path: { cohort } },
          body: draft,
          ...keyed(key),
        }),
      ),
    onDone: (plan) => {
      // Whoever goes on at once goes on from what was saved, and not from the plan of before.
      queries.setQueryData(planQuery(cohort, language).queryKey, plan)
      onDone(plan)
      return queries.invalidateQueries({ queryKey: ['cohorts', cohort, 'measures'] })
    },
  })
}

export const exerciseUseQuery = (cohort: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'exercises'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/cohorts/{cohort}/exercises', { params: { path: { cohort } }, signal })),
  })
