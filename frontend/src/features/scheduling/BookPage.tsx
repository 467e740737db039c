import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, clockOf, longDay } from '../../shared/dates/dates'
import { number } from '../../shared/dates/numbers'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded, Notice } from '../../shared/ui/states'
import { type Doctor, doctorsQuery, type JointTimes, jointTimesQuery, type Slot, type TimesWish } from './api'
import { BookDialog } from './BookDialog'
import { TimesForm } from './TimesForm'
import { wishOf } from './wish'
import './scheduling.css'

const route = getRouteApi('/in/appointments/new')

/** Finding and booking a joint time: choose the doctor, see the common free times, press one. */
export function BookPage() {
  const { t } = useTranslation()
  const doctors = useQuery(doctorsQuery)
  return (
    <Page title={t('scheduling.bookPage')} lead={t('scheduling.bookLead')}>
      <Loaded query={doctors}>
        {({ doctors: all }) =>
          all.length === 0 ? (
            <Empty title={t('scheduling.noDoctors')}>
              <p>{t('scheduling.noDoctorsHelp')}</p>
            </Empty>
          ) : (
            <Booking doctors={all} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Booking({ doctors }: { doctors: Doctor[] }) {
  const search = route.useSearch()
  const [others, setOthers] = useState<string[]>([])
  const wish = wishOf(search, doctors, others, new Date())
  return (
    <div className="booking">
      <TimesForm doctors={doctors} wish={wish} onOthers={setOthers} />
      {wish && <Times key={`${wish.doctor} ${wish.unit}`} wish={wish} doctors={doctors} />}
    </div>
  )
}

function Times({ wish, doctors }: { wish: TimesWish; doctors: Doctor[] }) {
  const { t } = useTranslation()
  const query = useQuery(jointTimesQuery(wish))
  const [chosen, setChosen] = useState<Slot>()
  const doctor = doctors.find((one) => one.person === wish.doctor && one.unit === wish.unit)
  return (
    <section className="stack" aria-labelledby="times">
      <h2 id="times">{t('scheduling.commonTimes')}</h2>
      <Loaded query={query}>
        {(times) =>
          times.days.length === 0 ? (
            <NoTimes times={times} />
          ) : (
            <TimeList times={times} onChoose={setChosen} />
          )
        }
      </Loaded>
      {chosen && doctor && (
        <BookDialog
          slot={chosen}
          wish={wish}
          doctor={doctor}
          onChoose={setChosen}
          onClose={() => setChosen(undefined)}
        />
      )}
    </section>
  )
}

function TimeList({ times, onChoose }: { times: JointTimes; onChoose: (slot: Slot) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const count = times.days.reduce((sum, day) => sum + day.times.length, 0)
  return (
    <>
      <p role="status">{t('scheduling.timesFound', { count })}</p>
      {times.days.map((day) => (
        <section key={day.date} className="stack times-day" aria-label={longDay(day.date, language, true)}>
          <h3 className="day-heading">{longDay(day.date, language)}</h3>
          <ul className="plain-list times">
            {day.times.map((slot) => (
              <li key={slot.start}>
                <button
                  type="button"
                  className="time"
                  onClick={() => onChoose(slot)}
                  aria-label={t('scheduling.bookAt', {
                    day: longDay(day.date, language),
                    time: clock(clockOf(slot.start), language),
                  })}
                >
                  {clock(clockOf(slot.start), language)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function NoTimes({ times }: { times: JointTimes }) {
  const { t } = useTranslation()
  const language = useLanguage()
  // Who has nothing booked is no reason; then there are no hours in the span.
  const reasons = (times.none?.reasons ?? []).filter((reason) => reason.person !== undefined)
  return (
    <Notice kind="warning" live title={t('scheduling.noTimes')}>
      {reasons.length > 0 && (
        <>
          <p>{t('scheduling.noTimesBecause')}</p>
          <ul>
            {reasons.map((reason) => (
              <li key={reason.person}>
                {t('scheduling.busyTimes', { name: reason.name ?? '', busy: number(reason.busy, language) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{t('scheduling.noTimesHelp')}</p>
    </Notice>
  )
}
