import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { addDays, dayOf } from '../../shared/dates/dates'
import { useMe } from '../../shared/session/me'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { appointmentsQuery } from './api'
import { DayList } from './DayList'
import { coming } from './days'
import { CoveringNotice } from './deputies/CoveringNotice'
import { canBook, comesAlong } from './permissions'
import './scheduling.css'

const AHEAD = 180
const BACK = 90

export function AppointmentsPage() {
  const { t } = useTranslation()
  const me = useMe()
  const now = new Date()
  const today = dayOf(now)
  const [past, setPast] = useState(false)
  const query = useQuery(appointmentsQuery(today, addDays(today, AHEAD)))
  return (
    <Page
      title={t('scheduling.mine')}
      aside={
        comesAlong(me) && (
          <div className="row">
            <Link to="/hours" className="button-link button-link-light">
              {t('hours.mine')}
            </Link>
            {canBook(me) && (
              <Link to="/appointments/new" className="button-link">
                {t('scheduling.bookPage')}
              </Link>
            )}
          </div>
        )
      }
    >
      {canBook(me) && <CoveringNotice />}
      <section className="stack" aria-labelledby="coming">
        <h2 id="coming">{t('scheduling.coming')}</h2>
        <Loaded query={query}>
          {({ appointments }) => {
            const ahead = coming(appointments, now)
            return ahead.length === 0 ? (
              <Empty title={t('scheduling.noneComing')} />
            ) : (
              <DayList appointments={ahead} me={me.id} />
            )
          }}
        </Loaded>
      </section>
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
        const rest = appointments.filter((one) => !ahead.includes(one))
        return rest.length === 0 ? (
          <Empty title={t('scheduling.nonePast')} />
        ) : (
          <DayList appointments={rest} me={me.id} />
        )
      }}
    </Loaded>
  )
}
