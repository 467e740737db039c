import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import type { Goal, KeptGoal } from './goal'

export const goalsQuery = queryOptions({
  queryKey: ['psycap', 'goals'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/psycap/goals', { signal })),
})

/** The id that stands for a goal which was not kept yet. */
export const NEW = 'new'

/** A goal, none when it is new, and what was written of it and not kept. */
export const goalQuery = (goal: string) =>
  queryOptions({
    queryKey: ['psycap', 'goal', goal],
    queryFn: async ({ signal }): Promise<{ kept?: KeptGoal; draft: { text: string; rev: number } }> => {
      const draft = unwrap(
        api.GET('/api/drafts/{subject}', { params: { path: { subject: draftOf(goal) } }, signal }),
      )
      if (goal === NEW) return { draft: await draft }
      const kept = unwrap(api.GET('/api/psycap/goals/{goal}', { params: { path: { goal } }, signal }))
      return { kept: await kept, draft: await draft }
    },
    staleTime: 0,
    gcTime: 0,
  })

export const draftOf = (goal: string) => `psycap.goal.${goal}`

export function useKeepGoal(id: string, onDone: (kept: KeptGoal) => unknown, onRefused: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: ({ goal, over }: { goal: Goal; over: number | undefined }, key) =>
      id === NEW
        ? unwrap(api.POST('/api/psycap/goals', { body: { goal }, ...keyed(key) }))
        : unwrap(
            api.PUT('/api/psycap/goals/{goal}', {
              params: { path: { goal: id } },
              body: { goal, ...(over !== undefined && { over }) },
              ...keyed(key),
            }),
          ),
    onDone: (kept) => {
      void queries.invalidateQueries({ queryKey: goalsQuery.queryKey })
      return onDone(kept)
    },
    onRefused,
  })
}

export function useCloseGoal(id: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (reached: boolean, key) =>
      unwrap(
        api.PUT('/api/psycap/goals/{goal}/closing', {
          params: { path: { goal: id } },
          body: { reached },
          ...keyed(key),
        }),
      ),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: goalsQuery.queryKey })
      return onDone()
    },
  })
}

export function useDeleteGoal(id: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(api.DELETE('/api/psycap/goals/{goal}', { params: { path: { goal: id } }, ...keyed(key) })),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: goalsQuery.queryKey })
      return onDone()
    },
  })
}
