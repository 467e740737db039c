import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clock, readClock, weekdayDay } from '../../../shared/dates/dates'
import { asProblem } from '../../../shared/http/problem'
import { useProblemText } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ClockField } from '../../../shared/ui/ClockField'
import { DayField } from '../../../shared/ui/DayField'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Reception, type Receptions, type Shift, tryMoveQuery, useMove } from './api'
import { FollowingField } from './FollowingField'
import { following, hoursOf } from './words'

type Props = {
  person: string
  reception: Reception
  all: Reception[]
  onClose: () => void
  onDone: (receptions: Receptions) => void
}

/** A new day and new times, and before saving what happens to those who have a place. */
export function MoveReceptionForm({ person, reception, all, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [date, setDate] = useState<string | undefined>(reception.date)
  const [from, setFrom] = useState(clock(reception.from, language))
  const [to, setTo] = useState(clock(reception.to, language))
  const [more, setMore] = useState(false)
  const move = useMove(person, reception.id, onDone)
  const later = following(all, reception)
  const start = readClock(from)
  const end = readClock(to)
  const ordered = !start || !end || start < end
  const same = date === reception.date && start === reception.from && end === reception.to
  const shift: Shift | undefined =
    date && start && end && ordered && !same ? { date, from: start, to: end, following: more } : undefined
  return (
    <form
      className="card hours-form"
      noValidate
      aria-label={t('receptions.moveTitle')}
      onSubmit={(event) => {
        event.preventDefault()
        if (shift) move.start(shift)
      }}
    >
      <p className="book-when hours-form-end">
        {weekdayDay(reception.date, language)} {t('receptions.at', { hours: hoursOf(reception, language) })}
      </p>
      <DayField label={t('receptions.newDay')} day={date} onDay={setDate} />
      <ClockField label={t('hours.from')} value={from} onChange={setFrom} />
      <ClockField
        label={t('hours.to')}
        value={to}
        onChange={setTo}
        {...(!ordered && { wrong: t('problems.ends_before_start') })}
      />
      <FollowingField count={later.length} value={more} onChange={setMore} />
      <div className="hours-form-end">
        {shift ? (
          <Effect reception={reception.id} shift={shift} />
        ) : (
          <p className="quiet">{t(more ? 'receptions.moveHelpMany' : 'receptions.moveHelp')}</p>
        )}
        <WriteNotice write={move} />
        <div className="row">
          <Button type="submit" aria-disabled={move.busy || shift === undefined}>
            {more ? t('receptions.moveMany', { count: later.length }) : t('receptions.moveOne')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}

function Effect({ reception, shift }: { reception: string; shift: Shift }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const { data, error } = useQuery(tryMoveQuery(reception, shift))
  if (error) return <Notice kind="warning" live title={problemText(asProblem(error))} />
  if (!data) return <p className="quiet">{t('common.loading')}</p>
  if (data.moved + data.returned === 0) return <p role="status">{t('receptions.nobodyHasPlace')}</p>
  return (
    <div role="status">
      {data.moved > 0 && <p>{t('receptions.willMove', { count: data.moved })}</p>}
      {data.returned > 0 && <p>{t('receptions.willReturn', { count: data.returned })}</p>}
    </div>
  )
}
