import type { TFunction } from 'i18next'

const HOUR = 60

/** How long something takes, as people say it: 45 min, 1 h 30 min, 6 h. */
export function lengthText(t: TFunction, minutes: number): string {
  const hours = Math.floor(minutes / HOUR)
  const rest = minutes % HOUR
  if (hours === 0) return t('common.minutes', { count: minutes })
  return rest === 0 ? t('common.wholeHours', { hours }) : t('common.hoursMinutes', { hours, minutes: rest })
}
