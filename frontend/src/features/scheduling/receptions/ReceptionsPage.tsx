import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { unitsWith } from '../../../shared/session/roles'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { doctorsQuery } from '../api'
import { useReopen } from '../hours/api'
import { type Reception, type Receptions, receptionsQuery, useCancelReceptions } from './api'
import { CancelReceptionDialog } from './CancelReceptionDialog'
import { MoveReceptionForm } from './MoveReceptionForm'
import { SeriesForm } from './SeriesForm'
import { changedText, hoursOf } from './words'
import '../scheduling.css'
import './receptions.css'

type Unit = { id: string; name: string }

/** A doctor's own joint receptions. */
export function OwnReceptionsPage() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Page
      title={t('receptions.title')}
      lead={t('receptions.lead')}
      back={{ to: '/hours', text: t('nav.hours') }}
    >
      <ReceptionsView person={me.id} units={unitsWith(me, 'doctor')} />
    </Page>
  )
}

const route = getRouteApi('/in/doctors/$person/receptions')

/** Those of a doctor of the scheduler's own units. */
export function DoctorReceptionsPage() {
  const { t } = useTranslation()
  const { person } = route.useParams()
  const me = useMe()
  const own = unitsWith(me, 'scheduler').map((unit) => unit.id)
  const query = useQuery(doctorsQuery)
  return (
    <Loaded query={query}>
      {({ doctors }) => {
        const works = doctors.filter((doctor) => doctor.person === person && own.includes(doctor.unit))
        return (
          <Page
            title={works[0] ? t('receptions.titleOf', { name: works[0].name }) : t('receptions.title')}
            lead={t('receptions.lead')}
            back={{ to: '/doctors/$person/hours', params: { person }, text: t('nav.hours') }}
          >
            <ReceptionsView
              person={person}
              units={works.map((doctor) => ({ id: doctor.unit, name: doctor.unitName }))}
            />
          </Page>
        )
      }}
    </Loaded>
  )
}

/** What was done last: it is told above the list, and a fresh publication can be taken back. */
type Done = { text: string; more?: string; undo?: string }

export function ReceptionsView({ person, units }: { person: string; units: Unit[] }) {
  const { t } = useTranslation()
  const query = useQuery(receptionsQuery(person))
  const [adding, setAdding] = useState(false)
  const [done, setDone] = useState<Done>()
  const undo = useCancelReceptions(person, () => setDone({ text: t('receptions.undone') }))

  function tell(text: string, { changed }: Receptions) {
    undo.reset()
    setDone({ text, more: changedText(t, changed) })
  }

  return (
    <section className="stack" aria-labelledby="receptions">
      <div className="row row-between">
        <h2 id="receptions">{t('receptions.coming')}</h2>
        {!adding && units.length > 0 && (
          <Button
            onClick={() => {
              setDone(undefined)
              undo.reset()
              setAdding(true)
            }}
          >
            {t('receptions.add')}
          </Button>
        )}
      </div>
      {adding && (
        <SeriesForm
          person={person}
          units={units}
          onClose={() => setAdding(false)}
          onPlanned={({ planned }) => {
            setAdding(false)
            setDone({
              text: t('receptions.planned', { count: planned?.length ?? 0 }),
              ...(planned?.[0] && { undo: planned[0] }),
            })
          }}
        />
      )}
      {done && (
        <Notice kind="good" live title={done.text}>
          {done.more && <p>{done.more}</p>}
          {done.undo !== undefined && (
            <Button
              variant="secondary"
              aria-disabled={undo.busy}
              onClick={() => undo.start({ reception: done.undo ?? '', following: true, unused: true })}
            >
              {t('receptions.undo')}
            </Button>
          )}
        </Notice>
      )}
      <WriteNotice write={undo} />
      <Loaded query={query}>
        {({ receptions }) =>
          receptions.length === 0 ? (
            !adding && (
              <Empty title={t('receptions.none')}>
                <p>{t('receptions.noneHelp')}</p>
              </Empty>
            )
          ) : (
            <ul className="plain-list reception-list">
              {receptions.map((one) => (
                <li key={one.id}>
                  <Line
                    person={person}
                    reception={one}
                    all={receptions}
                    severalUnits={new Set(receptions.map((other) => other.unit)).size > 1}
                    onDone={tell}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

type LineProps = {
  person: string
  reception: Reception
  all: Reception[]
  severalUnits: boolean
  onDone: (text: string, receptions: Receptions) => void
}

function Line({ person, reception, all, severalUnits, onDone }: LineProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [open, setOpen] = useState<'move' | 'cancel'>()
  const day = weekdayDay(reception.date, language)
  const reopen = useReopen(person, () => onDone(t('receptions.reopened'), { receptions: all }))
  const close = () => setOpen(undefined)
  const dialog = { person, reception, all, onClose: close }
  if (open === 'move')
    return (
      <MoveReceptionForm
        {...dialog}
        onDone={(receptions) => {
          close()
          onDone(t('receptions.moved'), receptions)
        }}
      />
    )
  return (
    <div className="reception">
      <span className="reception-when">
        <strong>{day}</strong>
        <span>{t('receptions.at', { hours: hoursOf(reception, language) })}</span>
      </span>
      <span className="reception-places">
        <span className="row">
          <Places taken={reception.taken} places={reception.places} />
          {t('receptions.taken', { taken: reception.taken, places: reception.places })}
        </span>
        <span className="quiet">
          {[
            t('common.minutes', { count: reception.minutes }),
            reception.roomName,
            severalUnits ? reception.unitName : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {reception.roomAway && (
          <strong>{t('receptions.roomAway', { room: reception.roomName ?? '' })}</strong>
        )}
        {reception.returned && <span>{t('receptions.placesReturned')}</span>}
        <WriteNotice write={reopen} />
      </span>
      <span className="row reception-actions">
        <Link to="/print/day" search={{ date: reception.date }} aria-label={t('receptions.printOf', { day })}>
          {t('receptions.print')}
        </Link>
        {reception.returned && (
          <Button
            variant="secondaryNoBorder"
            aria-disabled={reopen.busy}
            onClick={() => reopen.start(reception.date)}
            aria-label={t('openHours.reopenDay', { day })}
          >
            {t('openHours.reopen')}
          </Button>
        )}
        <Button
          variant="secondaryNoBorder"
          onClick={() => setOpen('move')}
          aria-label={t('receptions.moveOf', { day })}
        >
          {t('receptions.move')}
        </Button>
        <Button
          variant="secondaryNoBorder"
          onClick={() => setOpen('cancel')}
          aria-label={t('receptions.cancelOf', { day })}
        >
          {t('receptions.cancel')}
        </Button>
      </span>
      {open === 'cancel' && (
        <CancelReceptionDialog
          {...dialog}
          onDone={(receptions) => {
            close()
            onDone(t('receptions.cancelled'), receptions)
          }}
        />
      )}
    </div>
  )
}

const MOST_DOTS = 12

/** The places as dots, for the eye; the words beside them say the same. */
function Places({ taken, places }: { taken: number; places: number }) {
  if (places > MOST_DOTS) return null
  return (
    <span className="places" aria-hidden="true">
      {Array.from({ length: places }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place is nothing but its number
        <span key={place} className={place < taken ? 'taken' : undefined} />
      ))}
    </span>
  )
}
