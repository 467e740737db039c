import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { addDays, dayOf } from '../../shared/dates/dates'
import { useMe } from '../../shared/session/me'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { type Appointment, appointmentsQuery } from './api'
import { HeldBar } from './booking/HeldBar'
import { DayList } from './DayList'
import { coming, unwritten, waiting, withProposals } from './days'
import { CoveringNotice } from './deputies/CoveringNotice'
import { canBook, comesAlong } from './permissions'
import './scheduling.css'
import './booking/booking.css'

const AHEAD = 180
const BACK = 90
/** So long what a meeting came to is asked for. */
const LATELY = 14

export function AppointmentsPage() {
  const { t } = useTranslation()
  const me = useMe()
  const now = new Date()
  const today = dayOf(now)
  const [past, setPast] = useState(false)
  const query = useQuery(appointmentsQuery(addDays(today, -LATELY), addDays(today, AHEAD)))
  return (
    <Page
      title={t('scheduling.mine')}
      aside={
        comesAlong(me) && (
          <div className="row">
            {canBook(me) && (
              <Link to="/appointments/new" className="button-link">
                {t('scheduling.bookPage')}
              </Link>
            )}
            <Link to="/hours" className="button-link button-link-light">
              {t('hours.mine')}
            </Link>
          </div>
        )
      }
    >
      {canBook(me) && <CoveringNotice />}
      {canBook(me) && <HeldBar />}
      <Loaded query={query}>
        {({ appointments }) => {
          const ahead = coming(appointments, now)
          return (
            <>
              <Part title={t('appointment.proposedListTitle')} list={withProposals(appointments, now)} />
              <Part title={t('appointment.waitingTitle')} list={waiting(appointments, now)} />
              <Part title={t('appointment.unwrittenTitle')} list={unwritten(appointments, now)} />
              <section className="stack" aria-labelledby="coming">
                <h2 id="coming">{t('scheduling.coming')}</h2>
                {ahead.length === 0 ? (
                  <Empty title={t('scheduling.noneComing')}>
                    <p>{t(canBook(me) ? 'scheduling.noneBooked' : 'scheduling.noneInvited')}</p>
                  </Empty>
                ) : (
                  <DayList appointments={ahead} me={me.id} />
                )}
              </section>
            </>
          )
        }}
      </Loaded>
      <section className="stack" aria-labelledby="past">
        <h2 id="past">{t('scheduling.past')}</h2>
        {past ? (
          <Past />
        ) : (
          <div>
            <Button variant="secondary" onClick={() => setPast(true)}>
              {t('scheduling.showPast')}
            </Button>
          </div>
        )}
      </section>
    </Page>
  )
}

/** Those that something is to be done about; nothing when there are none. */
function Part({ title, list }: { title: string; list: readonly Appointment[] }) {
  const me = useMe()
  const id = useId()
  if (list.length === 0) return null
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <DayList appointments={list} me={me.id} />
    </section>
  )
}

function Past() {
  const { t } = useTranslation()
  const me = useMe()
  const now = new Date()
  const today = dayOf(now)
  const query = useQuery(appointmentsQuery(addDays(today, -BACK), addDays(today, AHEAD)))
  return (
    <Loaded query={query}>
      {({ appointments }) => {
        const ahead = coming(appointments, now)
        const shown = [...ahead, ...waiting(appointments, now), ...withProposals(appointments, now)]
        const rest = appointments.filter((one) => !shown.includes(one) && one.state !== 'held')
        return rest.length === 0 ? (
          <Empty title={t('scheduling.nonePast')} />
        ) : (
          <DayList appointments={rest} me={me.id} />
        )
      }}
    </Loaded>
  )
}
