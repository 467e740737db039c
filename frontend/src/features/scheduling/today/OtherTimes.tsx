import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { addDays, dayOf } from '../../../shared/dates/dates'
import { Loaded } from '../../../shared/ui/states'
import { type Asking, otherTimesQuery } from './api'
import { TimeChips } from './TimeChips'

const AHEAD = 60

/** The next times that would suit everybody, to propose instead of the one asked for. */
export function OtherTimes({
  asking,
  onPropose,
  onBack,
}: {
  asking: Asking
  onPropose: (starts: string[]) => void
  onBack: () => void
}) {
  const { t } = useTranslation()
  const today = dayOf(new Date())
  const query = useQuery(otherTimesQuery(asking.id, today, addDays(today, AHEAD)))
  const [chosen, setChosen] = useState<string[]>([])
  const back = (
    <Button variant="secondaryNoBorder" onClick={onBack}>
      {t('today.back')}
    </Button>
  )
  return (
    <Loaded query={query}>
      {({ days }) => {
        const times = days.flatMap((day) => day.times).filter(({ start }) => start !== asking.start)
        return times.length === 0 ? (
          <>
            <p>{t('today.noOtherTimes', { days: AHEAD })}</p>
            <div>{back}</div>
          </>
        ) : (
          <>
            <TimeChips times={times} chosen={chosen} onChange={setChosen} />
            <div className="row">
              <Button
                aria-disabled={chosen.length === 0}
                onClick={() => chosen.length > 0 && onPropose(chosen)}
              >
                {chosen.length === 0 ? t('today.propose') : t('today.proposeCount', { count: chosen.length })}
              </Button>
              {back}
            </div>
          </>
        )
      }}
    </Loaded>
  )
}
