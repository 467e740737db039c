import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, clockOf, dayOf, weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Appointment } from '../api'
import { holdsQuery } from './api'
import { minutesAndSeconds, useCountdown } from './countdown'

/** The times that the person keeps and has left, with how long still; the one shown elsewhere on the page is left out. */
export function HeldBar({ except }: { except?: string | undefined }) {
  const { t } = useTranslation()
  const query = useQuery(holdsQuery)
  const holds = (query.data?.appointments ?? []).filter((one) => one.id !== except)
  if (holds.length === 0) return null
  return (
    <section className="held-bar" aria-labelledby="held">
      <h2 id="held">{t('booking.yours', { count: holds.length })}</h2>
      <ul className="plain-list stack-small">
        {holds.map((one) => (
          <Held key={one.id} hold={one} />
        ))}
      </ul>
    </section>
  )
}

function Held({ hold }: { hold: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queries = useQueryClient()
  const { left } = useCountdown(hold.expires ?? hold.start, hold.extended)
  const over = left === 0
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: holdsQuery.queryKey })
  }, [over, queries])
  if (over) return null
  const when = `${weekdayDay(dayOf(hold.start), language)} ${t('scheduling.atClock', { range: clock(clockOf(hold.start), language) })}`
  return (
    <li className="held-line">
      <span>
        <strong>{when}</strong> · {hold.doctor.name}
      </span>
      <span className="timer" role="timer">
        {minutesAndSeconds(left)}
      </span>
      <Link
        to="/appointments/new"
        search={wishOfHold(hold)}
        className="button-link button-link-light"
        aria-label={t('booking.goOnWith', { when })}
      >
        {t('booking.goOn')}
      </Link>
    </li>
  )
}

/** Where one goes on with a kept time: its doctor's times, with the time itself at the bottom. */
function wishOfHold(hold: Appointment) {
  return { doctor: hold.doctor.person, unit: hold.unit, mode: hold.mode, hold: hold.id }
}
