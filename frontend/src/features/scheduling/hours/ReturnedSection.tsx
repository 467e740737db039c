import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clockRange, longDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Hours, hoursQuery } from '../api'
import { type Returned, useReopen } from './api'
import './hours.css'

/** The same on a page that is about something else: what can not be loaded is left out. */
export function ReturnedTimes({ person }: { person: string }) {
  const { data } = useQuery(hoursQuery(person))
  return data ? <ReturnedSection hours={data} /> : null
}

/** Times that nobody took and that are the doctor's own again; nothing is shown when there are none. */
export function ReturnedSection({ hours }: { hours: Hours }) {
  const { t } = useTranslation()
  const reopen = useReopen(hours.person)
  if (hours.returned.length === 0) return null
  return (
    <section className="stack" aria-labelledby="returned">
      <h2 id="returned">{t('openHours.returnedTitle')}</h2>
      <p>{t('openHours.returnedLead')}</p>
      <ul className="plain-list hours-list">
        {byDay(hours.returned).map(([date, times]) => (
          <Line key={date} date={date} times={times} busy={reopen.busy} onReopen={() => reopen.start(date)} />
        ))}
      </ul>
      <WriteNotice write={reopen} />
    </section>
  )
}

function Line({
  date,
  times,
  busy,
  onReopen,
}: {
  date: string
  times: Returned['times']
  busy: boolean
  onReopen: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const day = longDay(date, language)
  return (
    <li className="open-line">
      <span className="open-what">
        <span className="hours-day">{day}</span>
        <span className="hours-clock">
          {times.map(({ start, end }) => clockRange(start, end, language)).join(', ')}
        </span>
      </span>
      <Button
        variant="secondaryNoBorder"
        aria-label={t('openHours.reopenDay', { day })}
        aria-disabled={busy}
        onClick={onReopen}
      >
        {t('openHours.reopen')}
      </Button>
    </li>
  )
}

/** A day is opened again as a whole, whatever the unit. */
function byDay(returned: readonly Returned[]): [string, Returned['times']][] {
  const days = new Map<string, Returned['times']>()
  for (const { date, times } of returned) days.set(date, [...(days.get(date) ?? []), ...times])
  return [...days]
}
