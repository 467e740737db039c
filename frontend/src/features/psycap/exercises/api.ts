import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import type { Problem } from '../../../shared/http/problem'
import { useWrite } from '../../../shared/http/useWrite'
import { later } from '../../../shared/offline/later'

export type Listed = Reply<'/api/psycap/exercises', 'get'>['exercises'][number]
export type Exercise = Reply<'/api/psycap/exercises/{exercise}', 'get'>
export type Step = Exercise['steps'][number]
export type Field = Step['fields'][number]
type Texts = Exercise['wordings'][number]
export type StepTexts = Texts['steps'][number]
export type FieldTexts = StepTexts['fields'][number]
export type Wording = Texts['wording']
export type Run = Exercise['runs'][number]

export const exercisesQuery = queryOptions({
  queryKey: ['psycap', 'exercises'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/psycap/exercises', { signal })),
  staleTime: 0,
})

export const exerciseQuery = (exercise: string) =>
  queryOptions({
    queryKey: ['psycap', 'exercise', exercise],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/psycap/exercises/{exercise}', { params: { path: { exercise } }, signal })),
    // A draft may have been saved on another device: always start from what the server has.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const writtenQuery = (run: string) =>
  queryOptions({
    queryKey: ['psycap', 'run', run],
    queryFn: ({ signal }) => unwrap(api.GET('/api/psycap/runs/{run}', { params: { path: { run } }, signal })),
    staleTime: 0,
    gcTime: 0,
  })

function useListChanged() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['psycap', 'exercises'] })
}

export function useBegin(exercise: string, onBegun: (run: string) => unknown) {
  const changed = useListChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/psycap/exercises/{exercise}/runs', { params: { path: { exercise } }, ...keyed(key) }),
      ),
    onDone: async ({ run }) => {
      void changed()
      await onBegun(run)
    },
  })
}

/** How the queue of what waits for a network names a run: its writes stay in order. */
const aboutRun = (run: string) => ({
  kind: 'exercise' as const,
  course: 'psycap',
  activity: `exercise.${run}`,
})

// What follows is done without a network too: onKept hears that the write waits in this browser.

export type StepDone = { step: string; easier: boolean }

export function useStepDone(run: string, onSettled: (done: StepDone) => unknown) {
  const changed = useListChanged()
  return useWrite({
    send: ({ step, easier }: StepDone, key) =>
      unwrap(
        api.PUT('/api/psycap/runs/{run}/steps/{step}', {
          params: { path: { run, step } },
          body: { easier },
          ...keyed(key),
          fetch: later(aboutRun(run)),
        }),
      ),
    onDone: (_, done) => {
      void changed()
      return onSettled(done)
    },
    onKept: onSettled,
  })
}

export function useSetAside(run: string, onSettled: () => unknown) {
  const changed = useListChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.PUT('/api/psycap/runs/{run}/aside', {
          params: { path: { run } },
          ...keyed(key),
          fetch: later(aboutRun(run)),
        }),
      ),
    onDone: async () => {
      await changed()
      return onSettled()
    },
    onKept: onSettled,
  })
}

export function useFinish(
  run: string,
  onSettled: (text: string) => unknown,
  onRefused: (problem: Problem) => unknown,
) {
  const changed = useListChanged()
  return useWrite({
    send: (text: string, key) =>
      unwrap(
        api.PUT('/api/psycap/runs/{run}/finish', {
          params: { path: { run } },
          body: { text },
          ...keyed(key),
          fetch: later(aboutRun(run)),
        }),
      ),
    onDone: (_, text) => {
      void changed()
      return onSettled(text)
    },
    onKept: onSettled,
    onRefused,
  })
}

export function useDeleteRun(run: string, onDone: () => unknown) {
  const changed = useListChanged()
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(api.DELETE('/api/psycap/runs/{run}', { params: { path: { run } }, ...keyed(key) })),
    onDone: async () => {
      await changed()
      await onDone()
    },
  })
}

export function useRefuse() {
  const changed = useListChanged()
  return useWrite({
    send: (refused: boolean, key) =>
      unwrap(api.PUT('/api/psycap/exercises/refusal', { body: { refused }, ...keyed(key) })),
    onDone: changed,
  })
}
