import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'

export type Cohort = Reply<'/api/cohorts', 'get'>['cohorts'][number]
export type Matrix = Reply<'/api/cohorts/{cohort}/matrix', 'get'>
export type Learner = Reply<'/api/cohorts/{cohort}/learners/{person}', 'get'>
export type LearnerActivity = Learner['modules'][number]['activities'][number]

export const cohortsQuery = queryOptions({
  queryKey: ['cohorts'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/cohorts', { signal })),
})

export const matrixQuery = (cohort: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'matrix'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/cohorts/{cohort}/matrix', { params: { path: { cohort } }, signal })),
  })

/** Every look at a learner goes to the access log, so it is asked for once and not behind the reader's back. */
export const learnerQuery = (cohort: string, person: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'learner', person],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/learners/{person}', { params: { path: { cohort, person } }, signal }),
      ),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const submissionQuery = (cohort: string, person: string, activity: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'learner', person, 'submission', activity],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/learners/{person}/submissions/{activity}', {
          params: { path: { cohort, person, activity } },
          signal,
        }),
      ),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const candidatesQuery = (cohort: string, q: string) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'candidates', q],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/candidates', {
          params: { path: { cohort }, query: q ? { q } : {} },
          signal,
        }),
      ),
  })

export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/counts', { signal })),
})

export function useAddCohort(onDone: (cohort: Cohort) => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: { name: string; course: string; unit: string; starts: string }, key) =>
      unwrap(api.POST('/api/cohorts', { body, ...keyed(key) })),
    onDone: async (cohort) => {
      void queries.invalidateQueries({ queryKey: ['cohorts'] })
      await onDone(cohort)
    },
  })
}

export function useAddLearners(cohort: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (people: string[], key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/learners', {
          params: { path: { cohort } },
          body: { people },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      void queries.invalidateQueries({ queryKey: ['cohorts'] })
      await onDone()
    },
  })
}

export function useReopenQuiz(
  path: { cohort: string; person: string; activity: string },
  onDone: () => unknown,
) {
  const queries = useQueryClient()
  return useWrite({
    send: (reason: string, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/learners/{person}/quizzes/{activity}/reopening', {
          params: { path },
          body: { reason },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      void queries.invalidateQueries({ queryKey: ['cohorts'] })
      await onDone()
    },
  })
}

export function useRemoveLearner(cohort: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (person: string, key) =>
      unwrap(
        api.DELETE('/api/cohorts/{cohort}/learners/{person}', {
          params: { path: { cohort, person } },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      void queries.invalidateQueries({ queryKey: ['cohorts'] })
      await onDone()
    },
  })
}
