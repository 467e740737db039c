import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { useOffline } from '../../shared/offline/status'
import { Notice } from '../../shared/ui/states'

/** Says that a page is shown from a copy, and of when; nothing while the server answers. */
export function KeptNotice({ path }: { path: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const at = useOffline().shown[path]
  if (at === undefined) return null
  return (
    <Notice live title={t('learning.keptCopy', { at: shortMoment(new Date(at).toISOString(), language) })} />
  )
}
