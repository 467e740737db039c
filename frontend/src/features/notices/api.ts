import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap, unwrapQuietly } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'
import type { Language } from '../../shared/i18n/languages'

export type Feed = Reply<'/api/notices', 'get'>
export type Notice = Feed['notices'][number]
export type Choice = Reply<'/api/notices/choices', 'get'>['choices'][number]

export const unreadQuery = queryOptions({
  queryKey: ['notices', 'count'],
  queryFn: ({ signal }) => unwrapQuietly(api.GET('/api/notices/count', { signal })),
  staleTime: 30_000,
  retry: false,
})

export const feedQuery = (language: Language) =>
  queryOptions({
    queryKey: ['notices', 'feed', language],
    queryFn: ({ signal }) => unwrap(api.GET('/api/notices', { signal })),
    staleTime: 0,
  })

/** Marks notices as read. When that does not arrive they stay unread, which is no harm. */
export function useRead() {
  const queries = useQueryClient()
  return useWrite({
    send: (notices: string[], key) =>
      unwrap(api.PUT('/api/notices/read', { body: { notices }, keepalive: true, ...keyed(key) })),
    onDone: (left) => {
      queries.setQueryData(unreadQuery.queryKey, left)
      return queries.invalidateQueries({ queryKey: ['notices', 'feed'] })
    },
  })
}

export const choicesQuery = queryOptions({
  queryKey: ['notices', 'choices'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/notices/choices', { signal })),
})

export function useChoose() {
  const queries = useQueryClient()
  return useWrite({
    send: (choices: Choice[], key) =>
      unwrap(api.PUT('/api/notices/choices', { body: { choices }, ...keyed(key) })),
    onDone: (chosen) => {
      queries.setQueryData(choicesQuery.queryKey, chosen)
      void queries.invalidateQueries({ queryKey: unreadQuery.queryKey })
    },
  })
}
