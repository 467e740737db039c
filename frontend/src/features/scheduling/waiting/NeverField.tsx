import { useTranslation } from 'react-i18next'
import { weekdayName } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { type Chosen, type Half, toggled, WEEKDAYS } from './impossible'
import { useNeverName } from './names'

const HALVES: Half[] = ['morning', 'afternoon']

type Props = {
  chosen: Chosen
  rest: string[]
  onChange: (chosen: Chosen) => void
  onRest: (rest: string[]) => void
}

/** When the client can not come: a chip for each morning and afternoon; both are the whole day. */
export function NeverField({ chosen, rest, onChange, onRest }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const neverName = useNeverName()
  return (
    <fieldset className="never">
      <legend>{t('waiting.neverLabel')}</legend>
      {WEEKDAYS.map((day) => (
        <div key={day} className="never-day">
          <span id={`never-${day}`}>{weekdayName(day, language)}</span>
          {HALVES.map((half) => (
            <button
              key={half}
              type="button"
              className="chip"
              aria-pressed={chosen[day]?.includes(half) ?? false}
              aria-label={t(half === 'morning' ? 'waiting.morningOf' : 'waiting.afternoonOf', {
                day: weekdayName(day, language),
              })}
              onClick={() => onChange(toggled(chosen, day, half))}
            >
              {t(half === 'morning' ? 'waiting.morning' : 'waiting.afternoon')}
            </button>
          ))}
        </div>
      ))}
      {rest.length > 0 && (
        <div className="row">
          {rest.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed
              onClick={() => onRest(rest.filter((other) => other !== one))}
            >
              {neverName(one)}
            </button>
          ))}
        </div>
      )}
    </fieldset>
  )
}
