import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { AskedItem } from './AskedItem'
import { activityOf, measuresQuery } from './api'
import './answer.css'

/** Leads to the measures: with how many wait, when there are any. When they cannot be read, the way there is shown all the same. */
export function WaitingMeasures() {
  const { t } = useTranslation()
  const language = useLanguage()
  const waiting = useQuery(measuresQuery(language)).data?.waiting ?? []
  const [first] = waiting
  if (first === undefined)
    return (
      <p className="measures-way">
        <Link to="/measures">{t('answering.toMeasures')}</Link>
      </p>
    )
  return (
    <section className="card stack" aria-labelledby="measures-wait">
      <div>
        <h2 id="measures-wait">{t('answering.waitingCount', { count: waiting.length })}</h2>
        <p className="quiet">
          {[
            t('answering.minutes', { count: waiting.reduce((all, one) => all + one.minutes, 0) }),
            t('answering.until', { day: weekdayDay(first.closes, language) }),
            t('answering.isVoluntary', { count: waiting.length }),
          ].join(' · ')}
        </p>
      </div>
      <div>
        <Link to="/measures" className="button-link">
          {t('answering.toAnswer')}
        </Link>
      </div>
    </section>
  )
}

/** Offers one measure that can be answered now, or not, where something else is over; nothing when none waits. */
export function OfferedMeasure() {
  const { t } = useTranslation()
  const { data } = useQuery(measuresQuery(useLanguage()))
  const [offered, setOffered] = useState<string>()
  if (data === undefined || data.refused) return null
  const first = data.waiting.find(({ problem }) => problem === undefined)
  // The one that was offered stays: who declines it is not asked the next at once, and may take it back.
  if (offered === undefined && first) setOffered(activityOf(first))
  const waiting = data.waiting.find((one) => activityOf(one) === offered)
  const asked = waiting ?? data.declined.find((one) => activityOf(one) === offered)
  if (asked === undefined) return null
  return (
    <section className="stack" aria-labelledby="offered-measure">
      <div>
        <h2 id="offered-measure">{t('answering.offered')}</h2>
        <p className="quiet">{t('answering.offeredHelp')}</p>
      </div>
      <ul className="plain-list">
        <AskedItem asked={asked} waits={waiting !== undefined} />
      </ul>
    </section>
  )
}
