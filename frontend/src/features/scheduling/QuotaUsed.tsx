import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortDay } from '../../shared/dates/dates'
import type { Problem } from '../../shared/http/problem'
import { useLanguage } from '../../shared/i18n/i18n'

type Quota = { places: number; used: number; next?: string }

function quotaOf(problem: Problem): Quota | undefined {
  if (problem.code !== 'quota_reached') return undefined
  const { quota } = (problem.info ?? {}) as { quota?: Quota }
  return typeof quota?.places === 'number' ? quota : undefined
}

/** How many of the lent places are used, from when there are places again, and where to see them all. */
export function QuotaUsed({ problem }: { problem: Problem }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const quota = quotaOf(problem)
  if (quota === undefined) return null
  return (
    <>
      <p>
        {t('lendings.quotaUsed', { used: quota.used, places: quota.places })}{' '}
        {quota.next
          ? t('lendings.quotaNext', { day: shortDay(quota.next, language) })
          : t('lendings.quotaNever')}
      </p>
      <p>
        <Link to="/lendings">{t('lendings.quotaLink')}</Link>
      </p>
    </>
  )
}
