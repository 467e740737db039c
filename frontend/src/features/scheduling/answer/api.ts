import { queryOptions } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrapQuietly } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'

export type AskedByMail = Reply<'/api/answers/{link}', 'get'>

export const askedQuery = (link: string) =>
  queryOptions({
    queryKey: ['answer', link],
    queryFn: ({ signal }) =>
      unwrapQuietly(api.GET('/api/answers/{link}', { params: { path: { link } }, signal })),
    // The link serves once: what it asked is not asked again behind the reader's back.
    staleTime: Number.POSITIVE_INFINITY,
  })

export type MailAnswer = {
  answer: 'accepted' | 'tentative' | 'declined'
  reason?: 'illness' | 'no_time' | 'wrong_door' | 'other'
  proposed?: string[]
}

export function useAnswerByMail(link: string) {
  return useWrite({
    send: (body: MailAnswer, key) =>
      unwrapQuietly(api.POST('/api/answers/{link}', { params: { path: { link } }, body, ...keyed(key) })),
  })
}
