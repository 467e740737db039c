import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, keyed, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'
import { forgetAnswers, type Me } from '../../shared/session/me'

const outbox = () => import('../../shared/offline/outbox')

/** Signing out: what is not sent yet is named first; then nothing of the person stays in this browser. */
export function useLeave(me: Me) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<{ everywhere: boolean; unsent: Unsent }>()

  const leave = useWrite({
    send: (everywhere: boolean, key) =>
      everywhere
        ? unwrap(api.DELETE('/api/sessions', keyed(key)))
        : unwrap(api.DELETE('/api/session', keyed(key))),
    onDone: async () => {
      // The device may be shared: nothing of the person stays in it.
      await (await outbox()).emptyBrowser(me.id)
      await navigate({ to: '/sign-in', search: {} })
      forgetAnswers(queries)
    },
  })

  async function ask(everywhere: boolean) {
    const unsent = await outbox().then(({ unsentOf }) => unsentOf(me.id))
    if (unsent.length > 0) setAsking({ everywhere, unsent })
    else leave.start(everywhere)
  }

  return {
    leave,
    ask: (everywhere: boolean) => void ask(everywhere),
    asking: asking && { ...asking, stop: () => setAsking(undefined) },
  }
}

export type Unsent = Awaited<ReturnType<Awaited<ReturnType<typeof outbox>>['unsentOf']>>
