import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '../http/client'

/** The units that the person may know of. */
export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/units', { signal })),
})
