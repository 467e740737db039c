import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { hasRole } from '../../../shared/session/roles'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { canBook } from '../permissions'
import { type Line, requestsQuery, type WaitingRequest } from './api'
import { OfferCard } from './OfferCard'
import '../scheduling.css'
import './waiting.css'

/** A coordinator's own requests, what is offered first; for those who keep calendars or lead, how many wait. */
export function WaitingPage() {
  const { t } = useTranslation()
  const me = useMe()
  const query = useQuery(requestsQuery)
  const asks = canBook(me)
  return (
    <Page
      title={t('waiting.title')}
      lead={t(asks ? 'waiting.lead' : 'waiting.leadUnits')}
      aside={
        asks && (
          <Link to="/waiting/new" className="button-link">
            {t('waiting.ask')}
          </Link>
        )
      }
    >
      <Loaded query={query}>
        {({ requests, lines }) => (
          <>
            {asks && <Own requests={requests} />}
            {lines.length > 0 && <Lines lines={lines} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Own({ requests }: { requests: WaitingRequest[] }) {
  const { t } = useTranslation()
  const offered = requests.filter((one) => one.state === 'offered')
  const waiting = requests.filter((one) => one.state === 'waiting')
  const over = requests.filter((one) => one.state === 'settled' || one.state === 'withdrawn')
  return (
    <>
      {offered.length > 0 && (
        <section className="stack" aria-labelledby="offered">
          <h2 id="offered">{t('waiting.offered')}</h2>
          <ul className="plain-list stack-small">
            {offered.map((one) => (
              <li key={one.id} className="card waiting-card waiting-offered">
                <RequestHead request={one} />
                <OfferCard request={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {(waiting.length > 0 || offered.length === 0) && (
        <section className="stack" aria-labelledby="waiting">
          <h2 id="waiting">{t('waiting.inLine')}</h2>
          {waiting.length === 0 ? (
            <Empty title={t('waiting.none')}>
              <p>{t('waiting.noneHelp')}</p>
            </Empty>
          ) : (
            <ul className="plain-list stack-small">
              {waiting.map((one) => (
                <li key={one.id} className="card waiting-card">
                  <RequestHead request={one} />
                  <p>{t('waiting.placeOf', { place: one.place, of: one.of })}</p>
                </li>
              ))}
            </ul>
          )}
          <p className="quiet">{t('waiting.order')}</p>
        </section>
      )}
      {over.length > 0 && (
        <details className="waiting-over">
          <summary>{t('waiting.overTitle', { count: over.length })}</summary>
          <ul className="plain-list stack-small">
            {over.map((one) => (
              <li key={one.id} className="card waiting-card">
                <RequestHead request={one} />
                {one.state === 'settled' ? <OfferCard request={one} /> : <p>{t('waiting.withdrawn')}</p>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function RequestHead({ request }: { request: WaitingRequest }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="waiting-head">
      <Link to="/waiting/$request" params={{ request: request.id }} className="waiting-link">
        {t('waiting.reference', { reference: request.reference })}
      </Link>
      <span>{request.doctor?.name ?? t('waiting.anyDoctorOf', { unit: request.unitName })}</span>
      {request.priority === 'urgent' && <span className="tag tag-beam">{t('waiting.urgent')}</span>}
      {request.deadline && (
        <span className={request.overdue ? 'tag tag-bad' : 'quiet'}>
          {t(request.overdue ? 'waiting.deadlinePassed' : 'waiting.deadlineIs', {
            day: shortDay(request.deadline, language),
          })}
        </span>
      )}
    </div>
  )
}

function Lines({ lines }: { lines: Line[] }) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <section className="stack" aria-labelledby="lines">
      <h2 id="lines">{t('waiting.lines')}</h2>
      <ul className="plain-list stack-small">
        {lines.map((one) => (
          <li key={one.unit} className="card waiting-card">
            <h3>{one.unitName}</h3>
            <ul className="waiting-counts">
              <li>{t('waiting.countWaiting', { count: one.waiting })}</li>
              <li>{t('waiting.countOffered', { count: one.offered })}</li>
              {one.urgent > 0 && <li>{t('waiting.countUrgent', { count: one.urgent })}</li>}
              {one.overdue > 0 && <li>{t('waiting.countOverdue', { count: one.overdue })}</li>}
              {hasRole(me, 'doctor') && one.forMe > 0 && (
                <li>{t('waiting.countForMe', { count: one.forMe })}</li>
              )}
            </ul>
            {me.grants.some(
              (grant) => grant.unit === one.unit && (grant.role === 'scheduler' || grant.role === 'manager'),
            ) && (
              <p>
                <Link to="/waiting/units/$unit" params={{ unit: one.unit }}>
                  {t('waiting.toFairness')}
                </Link>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
