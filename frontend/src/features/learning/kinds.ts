import { useTranslation } from 'react-i18next'
import type { Activity } from './api'

export function useKindName(): (kind: Activity['kind']) => string {
  const { t } = useTranslation()
  return (kind) => t(`learning.kinds.${kind}`)
}
