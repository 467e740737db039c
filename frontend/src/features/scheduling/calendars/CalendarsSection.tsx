import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { Empty, Loaded } from '../../../shared/ui/states'
import { type Calendars, calendarsQuery, type OtherCalendar, useRemoveCalendar } from './api'
import { CalendarCard } from './CalendarCard'
import { CalendarForm } from './CalendarForm'
import { useCalendarName } from './names'
import './calendars.css'

/** The calendars somebody has elsewhere: their busy times are not offered for appointments. */
export function CalendarsSection({ person, own }: { person: string; own: boolean }) {
  const { t } = useTranslation()
  const query = useQuery(calendarsQuery(person))
  return (
    <section className="stack" aria-labelledby="calendars">
      <h2 id="calendars">{t('calendars.title')}</h2>
      <p>{own ? t('calendars.lead') : t('calendars.leadOf')}</p>
      <Loaded query={query}>{(calendars) => <List person={person} calendars={calendars} />}</Loaded>
    </section>
  )
}

function List({ person, calendars }: { person: string; calendars: Calendars }) {
  const { t } = useTranslation()
  const nameOf = useCalendarName()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<OtherCalendar>()
  const stop = () => setRemoving(undefined)
  const remove = useRemoveCalendar(person, stop)
  const list = calendars.calendars
  return (
    <>
      {adding && <CalendarForm person={person} onClose={() => setAdding(false)} />}
      {list.length === 0
        ? !adding && (
            <Empty title={t('calendars.none')}>
              <p>{t('calendars.noneHelp')}</p>
            </Empty>
          )
        : list.length > 0 && (
            <ul className="plain-list stack">
              {list.map((calendar) => (
                <li key={calendar.id}>
                  <CalendarCard person={person} calendar={calendar} onRemove={() => setRemoving(calendar)} />
                </li>
              ))}
            </ul>
          )}
      {!adding &&
        (list.length < calendars.most ? (
          <div>
            <Button variant="secondary" onClick={() => setAdding(true)}>
              {t('calendars.add')}
            </Button>
          </div>
        ) : (
          <p className="quiet">{t('calendars.full', { count: calendars.most })}</p>
        ))}
      {removing && (
        <ConfirmDialog
          title={t('calendars.removeTitle', { name: nameOf(removing) })}
          text={t('calendars.removeText')}
          confirm={t('common.remove')}
          write={remove}
          onConfirm={() => remove.start(removing.id)}
          onClose={stop}
        />
      )}
    </>
  )
}
