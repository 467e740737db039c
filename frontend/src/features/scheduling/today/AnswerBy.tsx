import { useTranslation } from 'react-i18next'
import { dayOf, weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'

/** Until when the time is kept for the answer; in colour only on the last day. */
export function AnswerBy({ until }: { until: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  // Kept until midnight is kept for the whole day before.
  const last = dayOf(new Date(new Date(until).getTime() - 1))
  if (last === dayOf(new Date()))
    return (
      <p>
        <span className="tag tag-beam">{t('today.answerToday')}</span>
      </p>
    )
  return <p className="quiet">{t('today.answerBy', { day: weekdayDay(last, language) })}</p>
}
