import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, type Reply, unwrapQuietly } from '../http/client'
import { asProblem } from '../http/problem'
import { forgetMe, keepMe, keptMe, setPerson } from './person'

export type Me = Reply<'/api/me', 'get'>

/** Whoever waits longer than this for a network is treated as if there were none. */
const PATIENCE = 8_000

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }): Promise<Me> => askMe(signal),
  staleTime: 5 * 60_000,
  retry: false,
})

/** The server says who is signed in; without a network it is who was the last time, until somebody signs out. */
async function askMe(signal: AbortSignal): Promise<Me> {
  const kept = keptMe() as Me | undefined
  const patience = kept && AbortSignal.timeout(PATIENCE)
  try {
    const asked = api.GET('/api/me', { signal: patience ? AbortSignal.any([signal, patience]) : signal })
    return known(await unwrapQuietly(asked))
  } catch (error) {
    const problem = asProblem(error)
    if (problem.signedOut) forgetMe()
    if (problem.temporary && kept) return known(kept)
    throw error
  }
}

/** The page is this person's from now on. */
export function known(me: Me): Me {
  keepMe(me)
  setPerson(me.id)
  return me
}

/** The person who is signed in; only on pages that ask for it, which the router has made sure of. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** Forgets who is signed in and every answer they got. What is on the page notices at once. */
export function forgetAnswers(queries: QueryClient): void {
  setPerson(undefined)
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
  void queries.resetQueries({ queryKey: meQuery.queryKey })
}
