import { useTranslation } from 'react-i18next'
import { clockRange, dayOf, longDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Slot } from './api'

/** tiistai 24. marraskuuta klo 9.00–9.45, where the hours stay on one line. */
export function When({ slot, withYear = false }: { slot: Pick<Slot, 'start' | 'end'>; withYear?: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      {longDay(dayOf(slot.start), language, withYear)}{' '}
      <span className="nowrap">
        {t('scheduling.atClock', { range: clockRange(slot.start, slot.end, language) })}
      </span>
    </>
  )
}
