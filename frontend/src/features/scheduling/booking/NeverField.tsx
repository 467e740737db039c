import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortWeekday, weekdayDay, weekdayName } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'
import { DayField } from '../../../shared/ui/DayField'
import { Chip } from './Chip'
import { crossed, type Never, neverText, toggled, withDay, without } from './never'

const WEEKDAYS = [1, 2, 3, 4, 5] as const
const HALVES = ['morning', 'afternoon'] as const

type Props = {
  never: readonly Never[]
  /** Says how it changes, not what it becomes: a second tap may come before the first one shows. */
  onChange: (change: (never: readonly Never[]) => Never[]) => void
}

/** When the client can not come: half weekdays to cross out, and single days. */
export function NeverField({ never, onChange }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [day, setDay] = useState<string>()
  const [added, setAdded] = useState(0)
  const rest = never.filter((one) => one.weekday === undefined || one.weekday > WEEKDAYS.length)
  return (
    <fieldset className="choices">
      <legend>{t('booking.never')}</legend>
      <p className="quiet">{t('booking.neverHint')}</p>
      <div className="halves">
        {HALVES.map((half) =>
          WEEKDAYS.map((weekday) => (
            <button
              key={`${weekday} ${half}`}
              type="button"
              className="half"
              aria-pressed={crossed(never, weekday, half)}
              onClick={() => onChange((before) => toggled(before, weekday, half))}
            >
              <span aria-hidden="true">{shortWeekday(weekday, language)}</span>
              <span aria-hidden="true">{t(`booking.halvesShort.${half}`)}</span>
              <span className="visually-hidden">
                {weekdayName(weekday, language)}, {t(`booking.halves.${half}`)}
              </span>
            </button>
          )),
        )}
      </div>
      {rest.length > 0 && (
        <ul className="plain-list chips">
          {rest.map((one) => (
            <li key={neverText(one)}>
              <Chip
                text={nameOf(one, language)}
                label={t('booking.removeNever', { when: nameOf(one, language) })}
                onRemove={() => onChange((before) => without(before, one))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="add-day">
        <DayField key={added} label={t('booking.neverDay')} day={undefined} optional onDay={setDay} />
        <Button
          variant="secondary"
          aria-disabled={day === undefined}
          onClick={() => {
            if (day === undefined) return
            onChange((before) => withDay(before, day))
            setDay(undefined)
            setAdded(added + 1)
          }}
        >
          {t('booking.addDay')}
        </Button>
      </div>
    </fieldset>
  )
}

function nameOf(one: Never, language: Language): string {
  return one.day === undefined ? weekdayName(one.weekday ?? 1, language) : weekdayDay(one.day, language)
}
