import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'

export type Organisation = Reply<'/api/psycap/instruments', 'get'>['organisations'][number]
export type Instrument = Organisation['instruments'][number]
export type LicenceWish = { holder: string; scope: string; ends: string }
export type ItemsWish = {
  texts: {
    language: string
    items: { id: string; text: string }[]
    anchors: { value: number; text: string }[]
  }[]
  translation?: { translator: string; date: string; version: string }
}

export const instrumentsQuery = queryOptions({
  queryKey: ['psycap', 'instruments'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/psycap/instruments', { signal })),
})

function useInstrumentsChanged(onDone: () => void): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: instrumentsQuery.queryKey })
    onDone()
  }
}

export function useRecordLicence(org: string, instrument: string, onDone: () => void) {
  const done = useInstrumentsChanged(onDone)
  return useWrite({
    send: (wish: LicenceWish, key) =>
      unwrap(
        api.PUT('/api/psycap/instruments/{instrument}/licence', {
          params: { path: { instrument } },
          body: { org, ...wish },
          ...keyed(key),
        }),
      ),
    onDone: done,
  })
}

export function useWithdrawLicence(org: string, instrument: string, onDone: () => void) {
  const done = useInstrumentsChanged(onDone)
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.DELETE('/api/psycap/instruments/{instrument}/licence', {
          params: { path: { instrument }, query: { org } },
          ...keyed(key),
        }),
      ),
    onDone: done,
  })
}

export function useUploadItems(org: string, instrument: string, onDone: () => void) {
  const done = useInstrumentsChanged(onDone)
  return useWrite({
    send: (wish: ItemsWish, key) =>
      unwrap(
        api.PUT('/api/psycap/instruments/{instrument}/items', {
          params: { path: { instrument } },
          body: { org, ...wish },
          ...keyed(key),
        }),
      ),
    onDone: done,
  })
}

export function useSetFloor(org: string, onDone: () => void) {
  const done = useInstrumentsChanged(onDone)
  return useWrite({
    send: (floor: number, key) =>
      unwrap(api.PUT('/api/psycap/floor', { body: { org, floor }, ...keyed(key) })),
    onDone: done,
  })
}
