import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap, unwrapQuietly } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'
import type { Language } from '../../shared/i18n/languages'
import { forgetAnswers, known, type Me, meQuery } from '../../shared/session/me'

export type Invitation = Reply<'/api/invitations/{token}', 'get'>

/** Signing in starts from nothing: whoever used this page before leaves no answers behind. */
function useBecome(): (me: Me) => void {
  const queries = useQueryClient()
  return (me) => {
    forgetAnswers(queries)
    queries.setQueryData(meQuery.queryKey, known(me))
  }
}

export function useSignIn(onDone: () => unknown) {
  const become = useBecome()
  return useWrite({
    send: (input: { email: string; password: string }, key) =>
      unwrapQuietly(api.POST('/api/session', { body: input, ...keyed(key) })),
    onDone: (me) => {
      become(me)
      return onDone()
    },
  })
}

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => unwrapQuietly(api.GET('/api/status', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

export function useAskForReset() {
  return useWrite({
    send: (email: string, key) =>
      unwrapQuietly(api.POST('/api/password-resets', { body: { email }, ...keyed(key) })).then(() => email),
  })
}

export const resetQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-reset', token],
    queryFn: ({ signal }) =>
      unwrapQuietly(api.GET('/api/password-resets/{token}', { params: { path: { token } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useReset(token: string) {
  return useWrite({
    send: (password: string, key) =>
      unwrapQuietly(
        api.POST('/api/password-resets/{token}', {
          params: { path: { token } },
          body: { password },
          ...keyed(key),
        }),
      ).then(() => true),
  })
}

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      unwrapQuietly(api.GET('/api/invitations/{token}', { params: { path: { token } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useAccept(token: string, onDone: () => unknown) {
  const become = useBecome()
  return useWrite({
    send: (input: { name: string; password: string; language: Language }, key) =>
      unwrapQuietly(
        api.POST('/api/invitations/{token}', { params: { path: { token } }, body: input, ...keyed(key) }),
      ),
    onDone: (me) => {
      become(me)
      return onDone()
    },
  })
}

export function useRename() {
  const queries = useQueryClient()
  return useWrite({
    send: (name: string, key) => unwrap(api.PUT('/api/me/name', { body: { name }, ...keyed(key) })),
    onDone: (me) => queries.setQueryData(meQuery.queryKey, me),
  })
}

export function useChangePassword(onDone: () => unknown) {
  return useWrite({
    send: (input: { current: string; password: string }, key) =>
      unwrap(api.POST('/api/me/password', { body: input, ...keyed(key) })).then(() => true),
    onDone,
  })
}

/** Everything that is kept about the person, as the file they may take with them. */
export async function downloadMyData(): Promise<void> {
  const data = await unwrap(api.GET('/api/me/data'))
  const address = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'luotsi.json'
  link.click()
  URL.revokeObjectURL(address)
}
