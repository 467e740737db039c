import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { unreadQuery } from '../../features/notices/api'
import './bell.css'

/** The way to a learner's notices, with how many are unread. */
export function Bell() {
  const { t } = useTranslation()
  const unread = useQuery({ ...unreadQuery, refetchInterval: 5 * 60_000 }).data?.unread ?? 0
  return (
    <Link to="/notices" className="bell" aria-label={t('common.notices', { count: unread })}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M6 17V10.5a6 6 0 0 1 12 0V17l1.5 1.5h-15zM10 21h4M12 2.5v2" />
      </svg>
      {unread > 0 && <span aria-hidden="true">{unread}</span>}
    </Link>
  )
}
