import { queryOptions } from '@tanstack/react-query'
import { api, type Reply, unwrap } from '../../shared/http/client'
import type { Language } from '../../shared/i18n/languages'
import type { Whose } from '../../shared/ui/whose'

export type Tries = Reply<'/api/cohorts/{cohort}/tries', 'get'>

export const triesQuery = (cohort: string, language: Language, whose?: Whose) =>
  queryOptions({
    queryKey: ['cohorts', cohort, 'tries', language, whose],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/tries', {
          params: { path: { cohort }, query: whose ? { whose } : {} },
          signal,
        }),
      ),
  })
