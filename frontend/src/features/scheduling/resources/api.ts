import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'

export type Resource = Reply<'/api/resources', 'get'>['resources'][number]
export type KeptResource = Reply<'/api/resources/{resource}', 'get'>

export const resourcesQuery = queryOptions({
  queryKey: ['resources', 'list'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/resources', { signal })),
})

export const resourceQuery = (resource: string) =>
  queryOptions({
    queryKey: ['resources', 'one', resource],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/resources/{resource}', { params: { path: { resource } }, signal })),
  })

export type ResourceWish = { name: string; email?: string; languages?: string[] }

function useResourceChanged(onDone: () => unknown): (changed: KeptResource) => Promise<void> {
  const queries = useQueryClient()
  return async (changed) => {
    queries.setQueryData(resourceQuery(changed.id).queryKey, changed)
    await queries.invalidateQueries({ queryKey: resourcesQuery.queryKey })
    onDone()
  }
}

export function useAddResource(onDone: () => unknown) {
  return useWrite({
    send: (body: ResourceWish & { unit: string; kind: 'room' | 'interpreter' }, key) =>
      unwrap(api.POST('/api/resources', { body, ...keyed(key) })),
    onDone: useResourceChanged(onDone),
  })
}

export function useChangeResource(resource: string, onDone: () => unknown) {
  return useWrite({
    send: (body: ResourceWish, key) =>
      unwrap(api.PUT('/api/resources/{resource}', { params: { path: { resource } }, body, ...keyed(key) })),
    onDone: useResourceChanged(onDone),
  })
}

export function useRetireResource(resource: string, onDone: () => unknown) {
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(api.DELETE('/api/resources/{resource}', { params: { path: { resource } }, ...keyed(key) })),
    onDone: useResourceChanged(onDone),
  })
}
