import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import type { Problem } from '../../../shared/http/problem'
import { useWrite } from '../../../shared/http/useWrite'
import type { Language } from '../../../shared/i18n/languages'
import type { QueueSearch } from './search'

export type Queue = Reply<'/api/feedback-queue', 'get'>
export type Queued = Queue['entries'][number]
export type Marking = Reply<'/api/submissions/{submission}', 'get'>
export type Round = Marking['rounds'][number]
export type Given = Round['feedback'][number]
export type Comment = Given['comments'][number]
export type Criterion = Marking['rubric'][number]
export type Verdict = Given['verdict']
type Choice = { criterion: string; level: string }

export const queueQuery = (language: Language, { cohort, module, whose }: QueueSearch = {}) =>
  queryOptions({
    queryKey: ['feedbackQueue', language, cohort, module, whose],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/feedback-queue', {
          params: {
            query: { ...(cohort && { cohort }), ...(module && { module }), ...(whose && { whose }) },
          },
          signal,
        }),
      ),
    staleTime: 30_000,
  })

export const markingQuery = (submission: string, language: Language) =>
  queryOptions({
    queryKey: ['marking', submission, language],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/submissions/{submission}', { params: { path: { submission } }, signal })),
    // A draft may have been saved on another device: always start from what the server has.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** After this a reservation without an answer is given up. */
const LONGEST = 20_000

/** Reserves the text to this person; again while they mark it. */
export function reserve(submission: string, takeOver: boolean) {
  return unwrap(
    api.PUT('/api/submissions/{submission}/reservation', {
      params: { path: { submission } },
      body: { takeOver },
      signal: AbortSignal.timeout(LONGEST),
    }),
  )
}

/** Puts the text back. It would come back by itself in half an hour, so nobody is told when that fails. */
export async function release(submission: string): Promise<void> {
  await api
    .DELETE('/api/submissions/{submission}/reservation', {
      params: { path: { submission } },
      keepalive: true,
    })
    .catch(() => undefined)
}

export type Opinion = {
  submission: string
  verdict: Verdict
  words: string
  comments: Comment[]
  rubric: Choice[]
  older: boolean
}

export type Approval = {
  submission: string
  stage: 'first' | 'second'
  words: string
  rubric: Choice[]
  second: string
}

/** Gives feedback on a text, or approves a whole development task. */
export function useMark(onDone: () => unknown, onRefused: (problem: Problem) => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: async (what: { opinion: Opinion } | { approval: Approval }, key): Promise<void> => {
      if ('opinion' in what) {
        const { submission, ...body } = what.opinion
        await unwrap(
          api.POST('/api/submissions/{submission}/feedback', {
            params: { path: { submission } },
            body,
            ...keyed(key),
          }),
        )
        return
      }
      const { submission, ...body } = what.approval
      await unwrap(
        api.POST('/api/submissions/{submission}/approval', {
          params: { path: { submission } },
          body,
          ...keyed(key),
        }),
      )
    },
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['feedbackQueue'] })
      await onDone()
    },
    onRefused,
  })
}
