import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { hasRole } from '../../../shared/session/roles'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { daysText } from './AbsenceSection'
import { type Covered, casesQuery, coveredQuery, type OpenCase } from './api'
import '../scheduling.css'
import './deputies.css'

/** For whom one stands in: their open cases, and what was booked with them before they went away. */
export function CoveringPage() {
  const { t } = useTranslation()
  const me = useMe()
  // An administrator who is nothing else is nobody's named deputy, but may have to answer for cases.
  const named = hasRole(me, 'coordinator', 'doctor', 'professional', 'scheduler')
  const carries = hasRole(me, 'coordinator', 'doctor', 'scheduler', 'admin')
  return (
    <Page title={t('covering.title')} lead={t('covering.lead')}>
      {named && <People />}
      {carries && <Cases />}
    </Page>
  )
}

function People() {
  const { t } = useTranslation()
  const query = useQuery(coveredQuery)
  return (
    <section className="stack" aria-labelledby="whom">
      <h2 id="whom">{t('covering.whom')}</h2>
      <Loaded query={query}>
        {({ covered }) =>
          covered.length === 0 ? (
            <Empty title={t('covering.nobody')}>
              <p>{t('covering.nobodyHelp')}</p>
            </Empty>
          ) : (
            <ul className="plain-list stack-small">
              {covered.map((one) => (
                <li key={`${one.person} ${one.from}`}>
                  <Person covered={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Person({ covered }: { covered: Covered }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="covered">
      <span className="covered-who">
        <strong>{covered.name}</strong>
        <span>{daysText(covered, language)}</span>
      </span>
      {covered.appointments.length === 0 ? (
        <span className="quiet">{t('covering.nothingBooked')}</span>
      ) : (
        <div className="covered-booked">
          <p>{t('covering.booked')}</p>
          <ul>
            {covered.appointments.map((one) => (
              <li key={one.appointment}>
                <Link to="/appointments/$appointment" params={{ appointment: one.appointment }}>
                  {t('covering.at', {
                    at: shortMoment(one.start, language),
                    unit: one.unitName,
                    reference: one.reference,
                  })}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function Cases() {
  const { t } = useTranslation()
  const query = useQuery(casesQuery)
  return (
    <section className="stack" aria-labelledby="cases">
      <h2 id="cases">{t('covering.cases')}</h2>
      <Loaded query={query}>
        {({ cases }) => {
          const covered = cases.filter((one) => !one.mine)
          return covered.length === 0 ? (
            <Empty title={t('covering.noCases')} />
          ) : (
            <ul className="plain-list stack-small">
              {covered.map((one) => (
                <li key={one.id}>
                  <Case one={one} />
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </section>
  )
}

function Case({ one }: { one: OpenCase }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="covered">
      <span className="covered-who">
        <strong>{t('covering.reference', { reference: one.reference })}</strong>
        <span>{t('covering.owner', { name: one.ownerName || t('absences.gone') })}</span>
        <span className="quiet">{one.unitName}</span>
      </span>
      {one.next ? (
        <Link to="/appointments/$appointment" params={{ appointment: one.next.appointment }}>
          {t('covering.next', { at: shortMoment(one.next.start, language), doctor: one.next.doctor })}
        </Link>
      ) : (
        <span className="quiet">{t('covering.noNext')}</span>
      )}
    </div>
  )
}
