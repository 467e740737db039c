import { useTranslation } from 'react-i18next'
import { Notice } from './states'

/** Tells that a text is shown in Finnish because it does not exist in the reader's language yet. */
export function FallbackNotice({ fallback }: { fallback: boolean }) {
  const { t } = useTranslation()
  return fallback ? <Notice title={t('common.fallback')} /> : null
}
