import { useTranslation } from 'react-i18next'
import { MODES, REASONS } from './api'

/** How people meet, in the reader's language. */
export function useModeName(): (mode: string) => string {
  const { t } = useTranslation()
  return (mode) => {
    const known = MODES.find((one) => one === mode)
    return known ? t(`scheduling.modes.${known}`) : mode
  }
}

const ALL_REASONS = [...REASONS, 'no_time', 'wrong_door', 'reception_off'] as const

/** Why an appointment was cancelled, in the reader's language. */
export function useReasonName(): (reason: string) => string {
  const { t } = useTranslation()
  return (reason) => {
    const known = ALL_REASONS.find((one) => one === reason)
    return known ? t(`scheduling.reasons.${known}`) : reason
  }
}
