import { useTranslation } from 'react-i18next'

export const FIELDS = [
  'before',
  'after',
  'notice',
  'horizon',
  'dayLimit',
  'monthLimit',
  'returnDays',
] as const
export type Field = (typeof FIELDS)[number]

const CHOICES: Record<Field, readonly number[]> = {
  before: [0, 5, 10, 15, 20, 30, 45, 60],
  after: [0, 5, 10, 15, 20, 30, 45, 60],
  notice: [0, 4, 24, 48, 72, 168, 336],
  horizon: [0, 30, 60, 90, 180, 365],
  dayLimit: [0, 1, 2, 3, 4, 5, 6, 8, 10],
  monthLimit: [0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 30],
  returnDays: [0, 1, 2, 3, 5, 7, 10, 14, 21],
}

/** What can be chosen, with what somebody chose elsewhere in its place. */
export function choicesOf(field: Field, now: number): number[] {
  return [...new Set([...CHOICES[field], now])].sort((a, b) => a - b)
}

/** A setting in words: 24 hours of notice are a day, and no limit is no number. */
export function useSettingText(): (field: Field, value: number) => string {
  const { t } = useTranslation()
  return (field, value) => {
    if (value === 0) return t(`settings.none.${field}`)
    switch (field) {
      case 'before':
      case 'after':
        return t('common.minutes', { count: value })
      case 'notice':
        return value % 24 === 0
          ? t('settings.daysBefore', { count: value / 24 })
          : t('settings.hoursBefore', { count: value })
      case 'horizon':
        return t('settings.daysAhead', { count: value })
      case 'returnDays':
        return t('settings.returnsBefore', { count: value })
      default:
        return t('settings.appointments', { count: value })
    }
  }
}
