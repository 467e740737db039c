import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, type Reply, unwrapQuietly } from '../http/client'

export type Me = Reply<'/api/me', 'get'>

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }): Promise<Me> => unwrapQuietly(api.GET('/api/me', { signal })),
  staleTime: 5 * 60_000,
  retry: false,
})

/** The person who is signed in; only on pages that ask for it, which the router has made sure of. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** Forgets who is signed in and every answer they got. What is on the page notices at once. */
export function forgetAnswers(queries: QueryClient): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
  void queries.resetQueries({ queryKey: meQuery.queryKey })
}
