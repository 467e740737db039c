import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { asProblem, type Problem } from '../http/problem'
import { useProblemText } from '../http/useProblemText'
import './states.css'

export type NoticeKind = 'info' | 'good' | 'warning' | 'bad'

const SIGN: Record<NoticeKind, string> = { info: 'i', good: '✓', warning: '!', bad: '!' }

/** A message on the page. `live` has it read aloud when it appears. */
export function Notice({
  kind = 'info',
  title,
  live,
  children,
}: {
  kind?: NoticeKind
  title?: ReactNode
  live?: boolean
  children?: ReactNode
}) {
  return (
    <div className={`notice notice-${kind}`} {...(live && { role: kind === 'bad' ? 'alert' : 'status' })}>
      <span className="notice-sign" aria-hidden="true">
        {SIGN[kind]}
      </span>
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}

export function Loading() {
  const { t } = useTranslation()
  return (
    <div className="loading" role="status">
      <span className="loading-beam" aria-hidden="true" />
      <span>{t('common.loading')}</span>
    </div>
  )
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 64 40" aria-hidden="true" focusable="false">
        <path d="M4 30c5-4 10-4 15 0s10 4 15 0 10-4 15 0 8 4 11 1" />
        <path d="M28 24V8l12 14H28M26 24h18l-3 5H29z" />
      </svg>
      <p className="empty-title">{title}</p>
      {children}
    </div>
  )
}

export function Failed({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  // What was refused for good is refused again.
  const mayHelp = problem.temporary || problem.status >= 500 || problem.status === 429
  return (
    <Notice kind="bad" live title={problemText(problem)}>
      {onRetry && mayHelp && (
        <div>
          <Button variant="secondary" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        </div>
      )}
    </Notice>
  )
}

/** Shows what a query has: that it is on its way, that it failed (with a way to try again), or its data. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Failed problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  return <Loading />
}
