import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, clockOf, dayOf, weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'

/** As many as a doctor may propose. */
const MOST = 3
const AT_ONCE = 6

/** Times as big buttons of which a few can be chosen, in the order of time. */
export function TimeChips({
  times,
  chosen,
  onChange,
}: {
  times: readonly { start: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [shown, setShown] = useState(AT_ONCE)
  const full = chosen.length >= MOST
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons */}
      <div className="chips" role="group" aria-label={t('today.whichTimes')}>
        {times.slice(0, shown).map(({ start }) => {
          const on = chosen.includes(start)
          return (
            <button
              key={start}
              type="button"
              className="chip"
              aria-pressed={on}
              aria-disabled={full && !on}
              onClick={() => {
                if (on) onChange(chosen.filter((one) => one !== start))
                else if (!full) onChange([...chosen, start].sort())
              }}
            >
              <span className="chip-day">{weekdayDay(dayOf(start), language)}</span>{' '}
              <span className="chip-clock">{clock(clockOf(start), language)}</span>
            </button>
          )
        })}
        {shown < times.length && (
          <button type="button" className="chip chip-more" onClick={() => setShown(shown + AT_ONCE)}>
            {t('today.moreTimes')}
          </button>
        )}
      </div>
    </>
  )
}
