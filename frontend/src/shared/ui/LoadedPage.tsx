import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../http/problem'
import { NotYours } from './NotYours'
import { Page } from './Page'
import { Failed, Loaded } from './states'

/** For a page whose title comes with its data: when that fails or is refused, a page of its own with a title and a way out. */
export function LoadedPage<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}) {
  const { t } = useTranslation()
  if (query.data !== undefined || !query.isError) return <Loaded query={query}>{children}</Loaded>
  const problem = asProblem(query.error)
  if (problem.status === 403) {
    return (
      <NotYours title={t('common.notYoursTitle')}>
        <p>{t('common.notYoursText')}</p>
      </NotYours>
    )
  }
  return (
    <Page title={problem.status === 404 ? t('common.notFoundTitle') : t('common.brokenTitle')} width="text">
      <Failed problem={problem} onRetry={() => void query.refetch()} />
      <p>
        <Link to="/" className="button-link button-link-light">
          {t('common.toStart')}
        </Link>
      </p>
    </Page>
  )
}
