import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'
import type { Language } from '../../shared/i18n/languages'
import type { Role } from '../../shared/session/roles'

export type Person = Reply<'/api/people', 'get'>['people'][number]
export type Unit = Reply<'/api/units', 'get'>['units'][number]
export type Sharing = Reply<'/api/sharings', 'get'>['sharings'][number]
export type GrantWish = { unit: string; role: Role }

export const UNIT_KINDS = [
  'health_centre',
  'municipality',
  'employment_services',
  'wellbeing_county',
  'ngo',
  'occ_health',
  'other',
] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

export const PURPOSES = ['joint_appointments', 'cohorts'] as const
export type Purpose = (typeof PURPOSES)[number]

export type Filter = { q?: string; unit?: string; role?: Role; page?: number }

export const peopleQuery = (filter: Filter) =>
  queryOptions({
    queryKey: ['people', 'list', filter],
    queryFn: ({ signal }) => unwrap(api.GET('/api/people', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  })

export const personQuery = (person: string) =>
  queryOptions({
    queryKey: ['people', 'one', person],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}', { params: { path: { person } }, signal })),
  })

export const accessQuery = (person: string) =>
  queryOptions({
    queryKey: ['people', 'access', person],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}/access', { params: { path: { person } }, signal })),
  })

export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/organisations', { signal })),
})

export const sharingsQuery = queryOptions({
  queryKey: ['sharings'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/sharings', { signal })),
})

export function useInvite(onDone: (person: Person) => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: { email: string; name: string; language: Language; grants: GrantWish[] }, key) =>
      unwrap(api.POST('/api/invitations', { body, ...keyed(key) })),
    onDone: async (person) => {
      void queries.invalidateQueries({ queryKey: ['people', 'list'] })
      await onDone(person)
    },
  })
}

function usePersonChanged(): (person: Person) => void {
  const queries = useQueryClient()
  return (person) => {
    queries.setQueryData(personQuery(person.id).queryKey, person)
    void queries.invalidateQueries({ queryKey: ['people', 'list'] })
  }
}

export function useInviteAgain(person: string) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(api.POST('/api/people/{person}/invitation', { params: { path: { person } }, ...keyed(key) })),
    onDone: usePersonChanged(),
  })
}

export function useSetGrants(person: string, onDone: () => unknown) {
  const changed = usePersonChanged()
  return useWrite({
    send: (grants: GrantWish[], key) =>
      unwrap(
        api.PUT('/api/people/{person}/grants', {
          params: { path: { person } },
          body: { grants },
          ...keyed(key),
        }),
      ),
    onDone: (view) => {
      changed(view)
      onDone()
    },
  })
}

export function useDeactivate(person: string, onDone: () => unknown) {
  const changed = usePersonChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(api.POST('/api/people/{person}/deactivation', { params: { path: { person } }, ...keyed(key) })),
    onDone: (view) => {
      changed(view)
      onDone()
    },
  })
}

export function useReactivate(person: string) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.DELETE('/api/people/{person}/deactivation', { params: { path: { person } }, ...keyed(key) }),
      ),
    onDone: usePersonChanged(),
  })
}

export function useErase(person: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (confirm: string, key) =>
      unwrap(
        api.POST('/api/people/{person}/erasure', {
          params: { path: { person } },
          body: { confirm },
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      await onDone()
      queries.removeQueries({ queryKey: ['people', 'one', person] })
      void queries.invalidateQueries({ queryKey: ['people', 'list'] })
    },
  })
}

export function useAddUnit(onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: { name: string; kind: UnitKind; org: string }, key) =>
      unwrap(api.POST('/api/units', { body, ...keyed(key) })),
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['units'] })
      onDone()
    },
  })
}

export function useChangeUnit(unit: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: { name: string; kind: UnitKind }, key) =>
      unwrap(api.PUT('/api/units/{unit}', { params: { path: { unit } }, body, ...keyed(key) })),
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['units'] })
      onDone()
    },
  })
}

export function useShare(onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: { unit: string; org: string; purpose: Purpose }, key) =>
      unwrap(api.POST('/api/sharings', { body, ...keyed(key) })),
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['sharings'] })
      onDone()
    },
  })
}

export function useStopSharing(onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (sharing: string, key) =>
      unwrap(api.DELETE('/api/sharings/{sharing}', { params: { path: { sharing } }, ...keyed(key) })),
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['sharings'] })
      onDone()
    },
  })
}
