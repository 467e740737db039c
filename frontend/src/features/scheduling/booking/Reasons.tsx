import { useTranslation } from 'react-i18next'
import { weekdayDay } from '../../../shared/dates/dates'
import { number } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Notice } from '../../../shared/ui/states'
import type { JointTimes } from '../api'
import { useFoundSeat } from './seatNames'

type Reason = JointTimes['empty'][number]['reasons'][number]

const CAUSES = ['notice', 'client', 'day_limit', 'month_limit', 'horizon', 'places', 'room'] as const

/** tulkki 9, huone 4, varoaika 2 */
function useReasons(times: JointTimes): (reasons: readonly Reason[]) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const seat = useFoundSeat(times)
  return (reasons) =>
    reasons
      .map((reason) =>
        t('booking.reason', {
          name:
            reason.cause === 'seat'
              ? seat(reason.seat)
              : t(`booking.causes.${CAUSES.find((one) => one === reason.cause) ?? 'other'}`),
          busy: number(reason.busy, language),
        }),
      )
      .join(', ')
}

/** The days that have published times of which none suits, and why; closed until somebody asks. */
export function EmptyDays({ times }: { times: JointTimes }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const reasons = useReasons(times)
  if (times.empty.length === 0) return null
  return (
    <details className="more">
      <summary>{t('booking.emptyDays', { count: times.empty.length })}</summary>
      <p className="quiet">{t('booking.emptyDaysHint')}</p>
      <ul className="empty-days">
        {times.empty.map((day) => (
          <li key={day.date}>
            {t('booking.emptyDay', { day: weekdayDay(day.date, language), reasons: reasons(day.reasons) })}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** That nothing suits, and why. */
export function NoTimes({ times, children }: { times: JointTimes; children?: React.ReactNode }) {
  const { t } = useTranslation()
  const reasons = useReasons(times)
  const none = times.none
  return (
    <Notice
      kind="warning"
      live
      title={none?.published === 0 ? t('booking.nonePublished') : t('booking.none')}
    >
      {none && none.reasons.length > 0 && (
        <p>{t('booking.noneBecause', { reasons: reasons(none.reasons) })}</p>
      )}
      <p>{t('booking.noneHelp')}</p>
      {children}
    </Notice>
  )
}
