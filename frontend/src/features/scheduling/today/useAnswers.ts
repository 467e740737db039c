import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMe } from '../../../shared/session/me'
import { type Asking, sendAnswer } from './api'
import { AnswerQueue } from './queue'

// They outlive the page: an answer that failed after it was left is told when it is seen again, to whoever gave it.
const queues = new WeakMap<QueryClient, Map<string, AnswerQueue<Asking>>>()

function queueOf(queries: QueryClient, person: string): AnswerQueue<Asking> {
  const all = queues.get(queries) ?? new Map<string, AnswerQueue<Asking>>()
  queues.set(queries, all)
  const queue =
    all.get(person) ??
    new AnswerQueue<Asking>({
      send: sendAnswer,
      onSettled: () => void queries.invalidateQueries({ queryKey: ['appointments'] }),
    })
  all.set(person, queue)
  return queue
}

/** The answers of this page. Whoever hides or closes it, goes to another, or reaches for the menu has made up their mind. */
export function useAnswers() {
  const queries = useQueryClient()
  const me = useMe()
  const [queue] = useState(() => queueOf(queries, me.id))
  const given = useSyncExternalStore(queue.subscribe, queue.snapshot)

  useEffect(() => {
    const gone = () => queue.flush()
    const hidden = () => {
      if (document.visibilityState === 'hidden') queue.flush()
    }
    // Signing out ends the session before the page goes.
    const reached = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('.header') !== null) queue.flush()
    }
    queue.arrive()
    window.addEventListener('pagehide', gone)
    document.addEventListener('visibilitychange', hidden)
    document.addEventListener('click', reached, true)
    return () => {
      window.removeEventListener('pagehide', gone)
      document.removeEventListener('visibilitychange', hidden)
      document.removeEventListener('click', reached, true)
      queue.leave()
    }
  }, [queue])

  return { queue, given }
}
