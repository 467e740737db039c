import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import { hoursQuery } from '../api'

export type Absences = Reply<'/api/people/{person}/absences', 'get'>
export type Absence = Absences['absences'][number]
export type Covered = Reply<'/api/covered', 'get'>['covered'][number]
export type OpenCase = Reply<'/api/cases', 'get'>['cases'][number]
export type Dependency = Reply<'/api/cases/dependency', 'get'>

export const absencesQuery = (person: string) =>
  queryOptions({
    queryKey: ['absences', person],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}/absences', { params: { path: { person } }, signal })),
  })

export type Colleague = Reply<'/api/absences', 'get'>['people'][number]

/** The people of the scheduler's units. */
export const unitsAbsencesQuery = queryOptions({
  queryKey: ['absences'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/absences', { signal })),
})

export const coveredQuery = queryOptions({
  queryKey: ['covered'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/covered', { signal })),
})

export const casesQuery = queryOptions({
  queryKey: ['cases', 'list'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/cases', { signal })),
})

export const dependencyQuery = queryOptions({
  queryKey: ['cases', 'dependency'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/cases/dependency', { signal })),
})

function useAbsencesChanged(person: string, onDone: () => unknown): (absences: Absences) => void {
  const queries = useQueryClient()
  return (absences) => {
    queries.setQueryData(absencesQuery(person).queryKey, absences)
    // Days away close the person's hours, and move their cases.
    void queries.invalidateQueries({ queryKey: hoursQuery(person).queryKey })
    void queries.invalidateQueries({ queryKey: unitsAbsencesQuery.queryKey, exact: true })
    void queries.invalidateQueries({ queryKey: ['doctors'] })
    void queries.invalidateQueries({ queryKey: ['cases'] })
    onDone()
  }
}

export function useAddAbsence(person: string, onDone: () => unknown) {
  return useWrite({
    send: (body: { from: string; until: string; deputy?: string }, key) =>
      unwrap(
        api.POST('/api/people/{person}/absences', { params: { path: { person } }, body, ...keyed(key) }),
      ),
    onDone: useAbsencesChanged(person, onDone),
  })
}

export function useEndAbsence(person: string, onDone: () => unknown) {
  return useWrite({
    send: (absence: string, key) =>
      unwrap(
        api.DELETE('/api/people/{person}/absences/{absence}', {
          params: { path: { person, absence } },
          ...keyed(key),
        }),
      ),
    onDone: useAbsencesChanged(person, onDone),
  })
}
