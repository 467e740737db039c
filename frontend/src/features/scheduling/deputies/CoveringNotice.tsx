import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../shared/ui/states'
import { casesQuery } from './api'

/** Tells whoever stands in for others today that they do, with the way to what they answer for. Else nothing is shown. */
export function CoveringNotice() {
  const { t } = useTranslation()
  const { data } = useQuery(casesQuery)
  const covered = (data?.cases ?? []).filter((one) => !one.mine)
  if (covered.length === 0) return null
  const names = [...new Set(covered.map((one) => one.ownerName || t('absences.gone')))]
  return (
    <Notice title={t('covering.notice', { names: names.join(', ') })}>
      <p>
        <Link to="/covering">{t('covering.see', { count: covered.length })}</Link>
      </p>
    </Notice>
  )
}
