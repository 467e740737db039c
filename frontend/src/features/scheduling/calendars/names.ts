import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { NotUnderstood, OtherCalendar } from './api'

/** What a calendar is called: where it is, as far as the reader may know, or when its file was brought. */
export function useCalendarName(): (calendar: OtherCalendar) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  return (calendar) => {
    if (calendar.host) return calendar.host
    return t(calendar.source === 'file' ? 'calendars.fileOf' : 'calendars.addressOf', {
      at: shortMoment(calendar.addedAt, language),
    })
  }
}

/** Why something was not understood, and what became of it. */
export function useReason(): (problem: NotUnderstood) => string {
  const { t, i18n } = useTranslation()
  return (problem) => {
    const key = `calendars.reasons.${problem.code}`
    const what = problem.what ?? ''
    return i18n.exists(key) ? t(key as 'calendars.reasons.zone', { what }) : t('calendars.reasons.other')
  }
}
