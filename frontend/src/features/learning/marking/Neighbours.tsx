import { type QueryClient, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'
import { queueQuery } from './api'
import { pageOf } from './pages'
import type { QueueSearch } from './search'

/** The page of what waits next and nobody else marks, or the queue when there is nothing. */
export async function nextPage(
  queries: QueryClient,
  language: Language,
  search: QueueSearch,
  marked: string,
) {
  const { entries } = await queries.fetchQuery({ ...queueQuery(language, search), staleTime: 0 })
  const next = entries.find((entry) => entry.submission !== marked && (!entry.reservedBy || entry.mine))
  return next && pageOf(next, search)
}

/** The texts before and after this one in the queue. */
export function Neighbours({ submission }: { submission: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const search: QueueSearch = useSearch({ strict: false })
  const queue = useQuery(queueQuery(language, search)).data?.entries ?? []
  const at = queue.findIndex((entry) => entry.submission === submission)
  const previous = queue[at - 1]
  const next = queue[at + 1]
  if (at < 0 || queue.length < 2) return null
  return (
    <nav className="row mark-neighbours" aria-label={t('marking.neighbours')}>
      {previous && <Link {...pageOf(previous, search)}>← {t('marking.previous')}</Link>}
      <span className="quiet">{t('marking.place', { at: at + 1, count: queue.length })}</span>
      {next && <Link {...pageOf(next, search)}>{t('marking.next')} →</Link>}
    </nav>
  )
}
