import { queryOptions } from '@tanstack/react-query'
import { api, type Reply, unwrap } from '../../../shared/http/client'

export type ReturnedOf = Reply<'/api/day-sheet', 'get'>['returned'][number]

export const daySheetQuery = (date: string) =>
  queryOptions({
    queryKey: ['appointments', 'day-sheet', date],
    queryFn: ({ signal }) => unwrap(api.GET('/api/day-sheet', { params: { query: { date } }, signal })),
  })
