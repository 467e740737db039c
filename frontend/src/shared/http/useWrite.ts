import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { asProblem, type Problem } from './problem'

const MOST_TRIES = 6

type Options<Input, Output> = {
  /** Sends the input under the key; called again with the same key after a lost network or a 503. */
  send: (input: Input, key: string) => Promise<Output>
  onDone?: (output: Output, input: Input) => unknown
  onRefused?: (problem: Problem, input: Input) => unknown
  /** There is no network: the write is kept in this browser and will be sent by itself (shared/offline/later). */
  onKept?: (input: Input) => unknown
  /** Nothing is sent again by itself: whether the wish still stands after a while is the person's to say. */
  once?: boolean
}

type Sent<Input> = { input: Input; key: string }

export type Write<Input, Output> = {
  start: (input: Input) => void
  busy: boolean
  /** The server or the network is away and the same request will be sent again. */
  waiting: boolean
  problem: Problem | undefined
  output: Output | undefined
  reset: () => void
}

/**
 * One write: busy while it is on its way, sent again under the same key when the answer got lost, so that repeating
 * can never do the thing twice.
 */
export function useWrite<Input, Output>({
  send,
  onDone,
  onRefused,
  onKept,
  once = false,
}: Options<Input, Output>): Write<Input, Output> {
  const underWay = useRef(false)
  const mutation: UseMutationResult<Output, Error, Sent<Input>> = useMutation({
    mutationFn: ({ input, key }: Sent<Input>) => send(input, key),
    retry: (failures, error) => !once && asProblem(error).temporary && failures < MOST_TRIES,
    retryDelay: (failures, error) => (asProblem(error).retryAfter ?? Math.min(2 ** failures, 15)) * 1000,
    networkMode: 'always',
    onSuccess: (output, { input }) => onDone?.(output, input),
    onError: (error, { input }) => {
      const problem = asProblem(error)
      return problem.kept ? onKept?.(input) : onRefused?.(problem, input)
    },
    onSettled: () => {
      underWay.current = false
    },
  })
  const problem = mutation.error === null ? undefined : asProblem(mutation.error)
  return {
    start: (input) => {
      // A double click is one wish.
      if (underWay.current) return
      underWay.current = true
      mutation.mutate({ input, key: crypto.randomUUID() })
    },
    busy: mutation.isPending,
    waiting: mutation.isPending && mutation.failureCount > 0,
    problem: problem?.kept ? undefined : problem,
    output: mutation.data,
    reset: mutation.reset,
  }
}
