import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onArrived, useOffline } from '../../shared/offline/status'
import type { Me } from '../../shared/session/me'
import { isLearner } from '../../shared/session/roles'

/** How often pages shown from a copy ask the server again. */
const EVERY = 20_000

/** Whoever learns here can do so without a network: the page's program is kept, what waits is sent. */
export function useOutbox(me: Me | undefined): void {
  const queries = useQueryClient()
  const person = me?.id
  const learner = me !== undefined && isLearner(me) ? me.id : undefined
  const { away, shown } = useOffline()
  const copied = Object.keys(shown).length > 0

  useEffect(() => {
    if (person === undefined) return
    void import('../../shared/offline/outbox')
      .then(({ tidyBrowser }) => tidyBrowser(person))
      .catch(() => undefined)
  }, [person])

  useEffect(() => {
    if (learner === undefined) return
    // When the page itself has come: it must not wait for this.
    const start = () => {
      void import('../../shared/offline/outbox').then(
        ({ openOutbox }) => openOutbox(learner),
        () => undefined,
      )
      if (import.meta.env.PROD && 'serviceWorker' in navigator) {
        navigator.serviceWorker.register('/worker.js').catch(() => undefined)
      }
    }
    const timer = setTimeout(start, 500)
    return () => clearTimeout(timer)
  }, [learner])

  useEffect(
    () =>
      onArrived(({ about }) =>
        Promise.all([
          queries.invalidateQueries({ queryKey: ['learning'] }),
          queries.invalidateQueries({ queryKey: ['course', about.course] }),
          about.course === 'psycap' && queries.invalidateQueries({ queryKey: ['psycap'] }),
        ]),
      ),
    [queries],
  )

  useEffect(() => {
    if (!copied) return
    const again = () => {
      void queries.invalidateQueries({ queryKey: ['learning'] })
      void queries.invalidateQueries({ queryKey: ['course'] })
      void queries.invalidateQueries({ queryKey: ['psycap'] })
    }
    if (!away) again()
    const timer = setInterval(again, EVERY)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [away, copied, queries])
}
