import { useTranslation } from 'react-i18next'
import { clock, shortDay, weekdayName } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Left } from './left'

const STEPS = [
  'asked',
  'changed',
  'offered',
  'kept',
  'accepted',
  'booked',
  'declined',
  'expired',
  'doctor_declined',
  'moved',
  'cancelled',
  'withdrawn',
] as const

/** What happened to a request, in the reader's language. */
export function useStepName(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => {
    const known = STEPS.find((one) => one === kind)
    return known ? t(`waiting.steps.${known}`) : kind
  }
}

const WHYS = ['doctor', 'length', 'deadline', 'client', 'busy', 'before', 'closed', 'quota', 'fit'] as const

/** Why a request was passed over. */
export function useWhyName(): (why: string) => string {
  const { t } = useTranslation()
  return (why) => {
    const known = WHYS.find((one) => one === why)
    return known ? t(`waiting.whys.${known}`) : why
  }
}

const CRITERIA = ['deadline', 'priority', 'wait'] as const

/** What put the one before into its place. */
export function useCriterionName(): (criterion: string | undefined) => string {
  const { t } = useTranslation()
  return (criterion) => {
    const known = CRITERIA.find((one) => one === criterion)
    return known ? t(`waiting.behind.${known}`) : t('waiting.behind.first')
  }
}

/** When a client can not come: `2`, `2@08:00-12:00` or a day, in words. */
export function useNeverName(): (never: string) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  return (never) => {
    const [day = '', times] = never.split('@')
    const name = /^[1-7]$/.test(day) ? weekdayName(Number(day), language) : shortDay(day, language)
    if (times === undefined) return name
    if (times === '00:00-12:00') return t('waiting.morningOf', { day: name })
    if (times === '12:00-23:59') return t('waiting.afternoonOf', { day: name })
    const [from = '', to = ''] = times.split('-')
    return `${name} ${clock(from, language)}–${clock(to, language)}`
  }
}

/** 1 vrk 2 t, 3 t 12 min or 9 min: two measures are enough. */
export function useLeftText(): (left: Left) => string {
  const { t } = useTranslation()
  return ({ days, hours, minutes }) => {
    if (days > 0) return t('waiting.leftDays', { days, hours })
    return hours > 0 ? t('waiting.leftHours', { hours, minutes }) : t('waiting.leftMinutes', { minutes })
  }
}
