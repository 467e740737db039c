import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap, unwrapQuietly } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'

export type Feedback = Reply<'/api/feedback', 'get'>['feedback'][number]

export function useSendFeedback() {
  return useWrite({
    send: (body: { text: string; email?: string; page: string }, key) =>
      unwrapQuietly(api.POST('/api/feedback', { body, ...keyed(key) })),
  })
}

export const feedbackQuery = queryOptions({
  queryKey: ['feedback'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/feedback', { signal })),
})

export function useAnswer(feedback: string) {
  const queries = useQueryClient()
  return useWrite({
    send: (text: string, key) =>
      unwrap(
        api.POST('/api/feedback/{feedback}/answer', {
          params: { path: { feedback } },
          body: { text },
          ...keyed(key),
        }),
      ),
    onDone: () => queries.invalidateQueries({ queryKey: ['feedback'] }),
  })
}
