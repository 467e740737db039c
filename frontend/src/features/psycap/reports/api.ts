import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import type { Language } from '../../../shared/i18n/languages'
import type { Point } from './view'

export type Reports = Reply<'/api/psycap/reports', 'get'>
export type Reportable = Reports['cohorts'][number]
export type TableOrg = Reports['tables'][number]
export type Preview = Reply<'/api/psycap/reports/preview', 'post'>
type TablePreview = Reply<'/api/psycap/reports/table/preview', 'post'>
export type TableSection = TablePreview['sections'][number]

type Measure = { instrument: string; version: string }
export type Wish = { cohorts: string[]; measures: Measure[]; points: Point[] }
export type Column = { column: string; item?: string; point?: 'start' | 'end' }
export type Table = Measure & { text: string; columns?: Column[] }

/** Titles of instruments are in the reader's language, so another language is another answer. */
export const reportsQuery = (language: Language) =>
  queryOptions({
    queryKey: ['reports', language],
    queryFn: ({ signal }) => unwrap(api.GET('/api/psycap/reports', { signal })),
  })

/** A report never changes. */
export const reportQuery = (report: string, language: Language) =>
  queryOptions({
    queryKey: ['reports', 'one', report, language],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/psycap/reports/{report}', { params: { path: { report } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Whether a report could be made; nothing comes of asking. */
export const previewQuery = (wish: Wish) =>
  queryOptions({
    queryKey: ['reports', 'preview', wish],
    queryFn: ({ signal }) => unwrap(api.POST('/api/psycap/reports/preview', { body: wish, signal })),
    enabled: wish.cohorts.length > 0 && wish.measures.length > 0 && wish.points.length > 0,
    placeholderData: keepPreviousData,
  })

export function useMakeReport(onDone: (report: string) => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: Wish & { title: string }, key) =>
      unwrap(api.POST('/api/psycap/reports', { body, ...keyed(key) })),
    onDone: async ({ report }) => {
      void queries.invalidateQueries({ queryKey: ['reports'] })
      await onDone(report)
    },
    // Others may have made a report meanwhile: what can be made is asked anew.
    onRefused: () => queries.invalidateQueries({ queryKey: ['reports', 'preview'] }),
  })
}

export function useCheckTables() {
  return useWrite({
    send: (body: { org: string; tables: Table[] }) =>
      unwrap(api.POST('/api/psycap/reports/table/preview', { body })),
  })
}

export function useMakeTableReport(onDone: (report: string) => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: { org: string; title: string; tables: Table[] }, key) =>
      unwrap(api.POST('/api/psycap/reports/table', { body, ...keyed(key) })),
    onDone: async ({ report }) => {
      void queries.invalidateQueries({ queryKey: ['reports'] })
      await onDone(report)
    },
  })
}
