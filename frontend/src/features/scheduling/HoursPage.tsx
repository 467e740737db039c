import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { addDays, dayOf } from '../../shared/dates/dates'
import { useMe } from '../../shared/session/me'
import { hasRole, unitsWith } from '../../shared/session/roles'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { appointmentsQuery, doctorsQuery, type Hours, hoursQuery } from './api'
import { CalendarsSection } from './calendars/CalendarsSection'
import { FeedSection } from './calendars/FeedSection'
import { DayList } from './DayList'
import { coming } from './days'
import { AbsenceSection } from './deputies/AbsenceSection'
import { ExceptionForm } from './ExceptionForm'
import { ExceptionList, RuleList } from './HoursLists'
import { OpenHours } from './hours/OpenHours'
import { ReturnedSection } from './hours/ReturnedSection'
import { SettingsSection } from './hours/SettingsSection'
import { RuleForm } from './RuleForm'
import { ReceptionsLink } from './receptions/ReceptionsLink'
import './scheduling.css'

type Unit = { id: string; name: string }

/** One's own hours: a doctor publishes them, a coordinator may narrow office hours. */
export function HoursPage() {
  const { t } = useTranslation()
  const me = useMe()
  const query = useQuery(hoursQuery(me.id))
  const publishes = hasRole(me, 'doctor')
  return (
    <Page
      title={publishes ? t('nav.hours') : t('hours.mine')}
      lead={publishes ? t('hours.lead') : t('hours.leadCoordinator')}
    >
      <Loaded query={query}>
        {(hours) => (
          <>
            {publishes && <OpenHours person={me.id} units={unitsWith(me, 'doctor')} open />}
            <HoursView
              hours={hours}
              units={unitsWith(me, 'doctor', 'coordinator', 'professional')}
              publishes={publishes}
            />
            <ReturnedSection hours={hours} />
            {publishes && <ReceptionsLink person={me.id} />}
          </>
        )}
      </Loaded>
      <SettingsSection person={me.id} doctor={publishes} own />
      <AbsenceSection person={me.id} />
      <CalendarsSection person={me.id} own />
      <FeedSection />
    </Page>
  )
}

const route = getRouteApi('/in/doctors/$person/hours')

/** The same for a doctor of the scheduler's own unit, with the doctor's coming appointments. */
export function DoctorHoursPage() {
  const { t } = useTranslation()
  const { person } = route.useParams()
  const me = useMe()
  const query = useQuery(hoursQuery(person))
  const doctors = useQuery(doctorsQuery)
  const own = unitsWith(me, 'scheduler').map((unit) => unit.id)
  const units = (doctors.data?.doctors ?? [])
    .filter((doctor) => doctor.person === person && own.includes(doctor.unit))
    .map((doctor) => ({ id: doctor.unit, name: doctor.unitName }))
  return (
    <LoadedPage query={query}>
      {(hours) => (
        <Page
          title={t('hours.titleOf', { name: hours.name })}
          lead={t('hours.leadOf')}
          back={{ to: '/doctors', text: t('nav.doctors') }}
        >
          <OpenHours person={person} units={units} />
          <HoursView hours={hours} units={units} publishes />
          <ReturnedSection hours={hours} />
          <ReceptionsLink person={person} />
          <SettingsSection person={person} doctor />
          <AbsenceSection person={person} />
          <CalendarsSection person={person} own={false} />
          <Coming doctor={person} />
        </Page>
      )}
    </LoadedPage>
  )
}

export function HoursView({
  hours,
  units,
  publishes,
  none,
}: {
  hours: Hours
  units: Unit[]
  publishes: boolean
  /** What it means that there are no weekly hours, where it is not what it means for people. */
  none?: { title: string; help: string }
}) {
  const { t } = useTranslation()
  return (
    <>
      <HoursSection
        id="weekly"
        title={t('hours.weekly')}
        addText={t('hours.addRule')}
        empty={hours.rules.length === 0}
        list={<RuleList hours={hours} units={units} doctor={publishes} />}
        form={(close) => <RuleForm person={hours.person} units={units} doctor={publishes} onClose={close} />}
        emptyText={none?.title ?? (publishes ? t('hours.noRules') : t('hours.noOwn'))}
        emptyHelp={none?.help ?? (publishes ? t('hours.noRulesHelp') : t('hours.noOwnHelp'))}
      />
      <HoursSection
        id="exceptions"
        title={t('hours.exceptions')}
        addText={t('hours.addException')}
        empty={hours.exceptions.length === 0}
        list={<ExceptionList hours={hours} />}
        form={(close) => (
          <ExceptionForm person={hours.person} units={units} doctor={publishes} onClose={close} />
        )}
        emptyText={t('hours.noExceptions')}
        emptyHelp={t('hours.noExceptionsHelp')}
      />
    </>
  )
}

function HoursSection({
  id,
  title,
  addText,
  empty,
  emptyText,
  emptyHelp,
  list,
  form,
}: {
  id: string
  title: string
  addText: string
  empty: boolean
  emptyText: string
  emptyHelp: string
  list: ReactNode
  form: (close: () => void) => ReactNode
}) {
  const [adding, setAdding] = useState(false)
  return (
    <section className="stack" aria-labelledby={id}>
      <div className="row row-between">
        <h2 id={id}>{title}</h2>
        {!adding && (
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {addText}
          </Button>
        )}
      </div>
      {adding && form(() => setAdding(false))}
      {empty
        ? !adding && (
            <Empty title={emptyText}>
              <p>{emptyHelp}</p>
            </Empty>
          )
        : list}
    </section>
  )
}

const AHEAD = 60

function Coming({ doctor }: { doctor: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const now = new Date()
  const today = dayOf(now)
  const query = useQuery(appointmentsQuery(today, addDays(today, AHEAD), doctor))
  return (
    <section className="stack" aria-labelledby="coming">
      <h2 id="coming">{t('scheduling.coming')}</h2>
      <Loaded query={query}>
        {({ appointments }) => {
          const ahead = coming(appointments, now)
          return ahead.length === 0 ? (
            <Empty title={t('scheduling.noneLater')} />
          ) : (
            <DayList appointments={ahead} me={me.id} />
          )
        }}
      </Loaded>
    </section>
  )
}
