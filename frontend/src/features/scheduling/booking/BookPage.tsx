import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../shared/session/me'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Appointment, type Doctor, doctorsQuery, type JointTimes, type Slot } from '../api'
import { caseQuery } from '../cases/api'
import { canBook } from '../permissions'
import type { Looked } from '../waiting/search'
import { type Guest, type HoldWish, jointTimesQuery, useHold } from './api'
import { doctorOf, keyOf } from './found'
import { HeldBar } from './HeldBar'
import { HoldSheet } from './HoldSheet'
import { useGuests } from './keptGuests'
import { neversText } from './never'
import { EmptyDays, NoTimes } from './Reasons'
import { RefusedSheet } from './RefusedSheet'
import type { Search } from './search'
import { seatsText } from './seats'
import { TimeList } from './TimeList'
import { WishForm } from './WishForm'
import { type Wish, wishOf } from './wish'
import '../scheduling.css'
import './booking.css'

const route = getRouteApi('/in/appointments/new')

/** Finding and booking a joint time: what is looked for, the times when everybody can come, and the one that is kept. */
export function BookPage() {
  const { t } = useTranslation()
  const { case: id } = route.useSearch()
  const doctors = useQuery(doctorsQuery)
  const file = useQuery({ ...caseQuery(id ?? ''), enabled: id !== undefined })
  return (
    <Page
      title={t('scheduling.bookPage')}
      {...(file.data && { eyebrow: t('cases.title', { reference: file.data.reference }) })}
      lead={<span className="book-lead">{t('booking.lead')}</span>}
    >
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
  const navigate = route.useNavigate()
  const [guests, setGuests] = useGuests(useMe().id)
  const wish = wishOf(search, doctors, new Date())
  const change = useCallback(
    (part: Search | ((before: Search) => Search)) =>
      void navigate({
        search: (old) => ({ ...old, ...(part instanceof Function ? part(old) : part) }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  if (wish === undefined) return null
  return (
    <div className="booking">
      <WishForm
        doctors={doctors}
        wish={wish}
        guests={guests}
        onGuests={setGuests}
        // Together with a doctor of another unit the unit changes too.
        onChange={change}
      />
      <Times
        wish={wish}
        guests={guests}
        doctors={doctors}
        hold={search.hold}
        onHold={(hold) => change({ hold })}
      />
    </div>
  )
}

type TimesProps = {
  wish: Wish
  guests: readonly Guest[]
  doctors: readonly Doctor[]
  hold: string | undefined
  onHold: (hold: string | undefined) => void
}

function Times({ wish, guests, doctors, hold, onHold }: TimesProps) {
  // The times stay while others are looked for: a list that blinks away takes the reader's place along.
  const query = useQuery({ ...jointTimesQuery(wish), placeholderData: keepPreviousData })
  const [asked, setAsked] = useState<HoldWish>()
  const keep = useHold((appointment) => {
    setAsked(undefined)
    onHold(appointment.id)
  })
  const place = doctors.find((one) => one.unit === wish.unit)?.unitName ?? ''
  const close = useCallback(() => onHold(undefined), [onHold])

  function take(slot: Slot, doctor: string) {
    if (keep.busy) return
    const wanted = { slot, doctor, wish, guests, ...(hold && { instead: hold }) }
    setAsked(wanted)
    keep.start(wanted)
  }

  function again(appointment: Appointment) {
    onHold(undefined)
    const wanted = {
      slot: { start: appointment.start, end: appointment.end },
      doctor: appointment.doctor.person,
      wish,
      guests,
      // Should the server still keep it, against what the clock here says, it is no hindrance.
      instead: appointment.id,
    }
    setAsked(wanted)
    keep.start(wanted)
  }

  return (
    <div className="stack-wide times-column">
      <HeldBar except={hold} />
      {keep.waiting && <WriteNotice write={keep} />}
      <Loaded query={query}>
        {(times) => (
          <Found
            times={times}
            wish={wish}
            place={place}
            stale={query.isPlaceholderData}
            busy={keep.busy && asked ? keyOf(asked.slot) : undefined}
            onChoose={(slot) => {
              const doctor = doctorOf(slot, times)
              if (doctor && !query.isPlaceholderData) take(slot, doctor.person)
            }}
          />
        )}
      </Loaded>
      {keep.problem && asked ? (
        <RefusedSheet
          problem={keep.problem}
          onChoose={(slot) => take(slot, asked.doctor)}
          onRetry={() => keep.start(asked)}
          onClose={() => {
            keep.reset()
            setAsked(undefined)
          }}
        />
      ) : (
        hold && <HoldSheet hold={hold} onClose={close} onAgain={again} />
      )}
    </div>
  )
}

/** What a waiting request begins with, when nothing of what was looked for is free. */
function lookedFor(wish: Wish): Looked {
  return {
    doctor: wish.doctor,
    unit: wish.unit,
    minutes: wish.minutes === undefined ? undefined : String(wish.minutes),
    mode: wish.mode,
    with: seatsText(wish.seats),
    never: neversText(wish.never),
    case: wish.case,
  }
}

type FoundProps = {
  times: JointTimes
  wish: Wish
  place: string
  stale: boolean
  busy: string | undefined
  onChoose: (slot: Slot) => void
}

function Found({ times, wish, place, stale, busy, onChoose }: FoundProps) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <div className={stale ? 'stack-wide times-stale' : 'stack-wide'} aria-busy={stale}>
      {times.days.length === 0 ? (
        <NoTimes times={times}>
          {canBook(me) && (
            <p>
              <Link to="/waiting/new" search={lookedFor(wish)} className="button-link">
                {t('waiting.ask')}
              </Link>
            </p>
          )}
        </NoTimes>
      ) : (
        <TimeList times={times} place={place} busy={busy} onChoose={onChoose} />
      )}
      <EmptyDays times={times} />
    </div>
  )
}
