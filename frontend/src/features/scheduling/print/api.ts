import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '../../../shared/http/client'

export const daySheetQuery = (date: string) =>
  queryOptions({
    queryKey: ['appointments', 'day-sheet', date],
    queryFn: ({ signal }) => unwrap(api.GET('/api/day-sheet', { params: { query: { date } }, signal })),
  })
