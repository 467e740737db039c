import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clock, clockOf, dayOf, longDay, weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { JointTimes, Slot } from '../api'
import { countOf, doctorOf, firstDays, isFull, keyOf, whyOf } from './found'
import { useFoundSeat } from './seatNames'

/** As many as fit on two screens of a phone. */
const AT_FIRST = 24
const MORE = 48

type Props = {
  times: JointTimes
  /** Where people meet: the same for all times. */
  place: string
  /** The time that is on its way to being kept, by keyOf. */
  busy?: string | undefined
  onChoose: (slot: Slot) => void
}

/** The best times on top, and then all of them by day. */
export function TimeList({ times, place, busy, onChoose }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [shown, setShown] = useState(AT_FIRST)
  const count = countOf(times)
  const days = firstDays(times, shown)
  const several = times.doctors.length > 1
  return (
    <div className="stack-wide">
      {count > times.best.length && <Best {...{ times, place, busy, onChoose }} />}
      <section className="stack" aria-labelledby="all-times">
        <div className="times-title">
          <h2 id="all-times">{t('booking.all')}</h2>
          <p className="quiet" aria-live="polite">
            {t('scheduling.timesFound', { count })} · {place}
          </p>
        </div>
        {days.map((day) => (
          <section key={day.date} className="times-day" aria-label={longDay(day.date, language, true)}>
            <h3 className="day-heading">{longDay(day.date, language)}</h3>
            <ul className="plain-list times">
              {day.times.map((slot) => (
                <li key={keyOf(slot)}>
                  <TimeButton {...{ slot, onChoose }} busy={busy === keyOf(slot)}>
                    <span className="visually-hidden">
                      {t('booking.timeLabel', { day: longDay(day.date, language) })}
                    </span>{' '}
                    <strong className="time-clock">{clock(clockOf(slot.start), language)}</strong>{' '}
                    <Free slot={slot} times={times} />{' '}
                    {several && <span className="time-more">{doctorOf(slot, times)?.name}</span>}
                  </TimeButton>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {days.length < times.days.length && (
          <div>
            <Button variant="secondary" onClick={() => setShown(shown + MORE)}>
              {t('booking.moreDays')}
            </Button>
          </div>
        )}
      </section>
    </div>
  )
}

function Best({ times, place, busy, onChoose }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className="stack" aria-labelledby="best-times">
      <h2 id="best-times">{t('booking.best')}</h2>
      <ul className="plain-list best">
        {times.best.map((slot) => (
          <li key={keyOf(slot)}>
            <TimeButton {...{ slot, onChoose }} best busy={busy === keyOf(slot)}>
              <span className="best-when">
                <span className="visually-hidden">{t('booking.take')}</span>{' '}
                <span className="best-day">{weekdayDay(dayOf(slot.start), language)}</span>{' '}
                <strong className="time-clock">{clock(clockOf(slot.start), language)}</strong>
              </span>{' '}
              <span className="best-more">
                <span className="best-place">
                  {place}
                  {times.doctors.length > 1 && `, ${doctorOf(slot, times)?.name}`}
                </span>{' '}
                <span className="best-why">
                  {!isFull(slot) && <Free slot={slot} times={times} />}
                  {whyOf(slot, times).map((why) => (
                    <Fragment key={why}>
                      <span className={why === 'allFree' ? 'tag tag-good' : 'tag'}>
                        {t(`booking.why.${why}`)}
                      </span>{' '}
                    </Fragment>
                  ))}
                </span>
              </span>
            </TimeButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** kaikki vapaina; ilman: tulkki */
function Free({ slot, times }: { slot: Slot; times: JointTimes }) {
  const { t } = useTranslation()
  const seat = useFoundSeat(times)
  if (isFull(slot)) return <span className="time-free">{t('booking.allFree')}</span>
  const names = (slot.missing ?? []).map(seat).join(', ')
  return <span className="time-more">{t('booking.missing', { names })}</span>
}

type ButtonProps = {
  slot: Slot
  best?: boolean
  busy: boolean
  onChoose: (slot: Slot) => void
  /** What is seen, and beside it what is only heard: together the name of the button. */
  children: ReactNode
}

function TimeButton({ slot, best = false, busy, onChoose, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={`time${best ? ' time-best' : ''}${busy ? ' time-busy' : ''}`}
      aria-busy={busy}
      onClick={() => onChoose(slot)}
    >
      {children}
    </button>
  )
}
