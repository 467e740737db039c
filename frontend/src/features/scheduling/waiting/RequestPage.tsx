import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortDay, shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { useModeName } from '../names'
import { When } from '../When'
import { requestQuery, type Step, useWithdraw, type WaitingRequest } from './api'
import { LostOffer } from './LostOffer'
import { useNeverName, useStepName } from './names'
import { OfferCard } from './OfferCard'
import '../scheduling.css'
import './waiting.css'

/** One request: where it is, what it asks for, and all that happened to it. */
export function RequestPage() {
  const { request } = useParams({ strict: false }) as { request: string }
  const query = useQuery(requestQuery(request))
  return <LoadedPage query={query}>{(data) => <Shown request={data} />}</LoadedPage>
}

function Shown({ request }: { request: WaitingRequest }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [withdrawing, setWithdrawing] = useState(false)
  const withdraw = useWithdraw(request.id, () => setWithdrawing(false))
  const inLine = request.state === 'waiting' || request.state === 'offered'
  return (
    <Page
      title={t('waiting.reference', { reference: request.reference })}
      back={{ to: '/waiting', text: t('waiting.title') }}
      width="text"
    >
      {request.overdue && (
        <Notice
          kind="warning"
          title={t('waiting.deadlinePassed', { day: shortDay(request.deadline ?? '', language) })}
        >
          <p>{t('waiting.deadlinePassedHelp')}</p>
        </Notice>
      )}
      <LostOffer request={request} />
      {request.offer ? (
        <section className="card stack" aria-labelledby="offer">
          <h2 id="offer">{t(request.state === 'offered' ? 'waiting.offeredOne' : 'waiting.settled')}</h2>
          <OfferCard request={request} />
        </section>
      ) : (
        <p className="waiting-place">
          {request.place
            ? t('waiting.placeOf', { place: request.place, of: request.of })
            : t('waiting.withdrawn')}
        </p>
      )}
      <Facts request={request} />
      {inLine && (
        <div className="row">
          {request.mine && request.state === 'waiting' && (
            <Link
              to="/waiting/$request/change"
              params={{ request: request.id }}
              className="button-link button-link-light"
            >
              {t('waiting.change')}
            </Link>
          )}
          <Button variant="secondary" onClick={() => setWithdrawing(true)}>
            {t('waiting.withdraw')}
          </Button>
        </div>
      )}
      {withdrawing && (
        <ConfirmDialog
          title={t('waiting.withdrawTitle')}
          text={t('waiting.withdrawText')}
          confirm={t('waiting.withdraw')}
          write={withdraw}
          onConfirm={() => withdraw.start(undefined)}
          onClose={() => setWithdrawing(false)}
        />
      )}
      <section className="stack" aria-labelledby="history">
        <h2 id="history">{t('waiting.history')}</h2>
        <ol className="plain-list waiting-steps">
          {request.steps?.map((step, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
            <StepLine key={at} step={step} />
          ))}
        </ol>
      </section>
    </Page>
  )
}

function Facts({ request }: { request: WaitingRequest }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const modeName = useModeName()
  const neverName = useNeverName()
  const others = request.seats.map((seat) => {
    const names = seat.guest ? [seat.guest.name] : seat.names
    const who = names.length > 0 ? names.join(t('waiting.or')) : t('waiting.fromOutside')
    return seat.optional ? t('waiting.optionalOne', { name: who }) : who
  })
  return (
    <dl className="facts">
      <dt>{t('roles.doctor')}</dt>
      <dd>{request.doctor?.name ?? t('waiting.anyDoctor')}</dd>
      <dt>{t('scheduling.unit')}</dt>
      <dd>{request.unitName}</dd>
      <dt>{t('scheduling.length')}</dt>
      <dd>{t('common.minutes', { count: request.minutes })}</dd>
      <dt>{t('scheduling.mode')}</dt>
      <dd>{modeName(request.mode)}</dd>
      <dt>{t('scheduling.participants')}</dt>
      <dd>{others.join(', ')}</dd>
      {request.deadline && (
        <>
          <dt>{t('waiting.deadline')}</dt>
          <dd>{shortDay(request.deadline, language)}</dd>
        </>
      )}
      {request.priority === 'urgent' && (
        <>
          <dt>{t('waiting.priority')}</dt>
          <dd>{t('waiting.urgent')}</dd>
        </>
      )}
      {request.never.length > 0 && (
        <>
          <dt>{t('waiting.never')}</dt>
          <dd>{request.never.map(neverName).join(', ')}</dd>
        </>
      )}
    </dl>
  )
}

function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const stepName = useStepName()
  return (
    <li className="waiting-step">
      <time dateTime={step.at} className="quiet nowrap">
        {shortMoment(step.at, language)}
      </time>
      <span>
        <strong>{stepName(step.kind)}</strong>
        {step.by && <span className="quiet"> · {step.by}</span>}
        {step.start && step.end && (
          <span className="waiting-step-more">
            <When slot={{ start: step.start, end: step.end }} />
            {step.doctor && <>, {step.doctor}</>}
          </span>
        )}
        {step.absent && step.doctor && (
          <span className="waiting-step-more">
            {t('standIn.requestWent', { name: step.absent, deputy: step.doctor })}
          </span>
        )}
        {step.until && (
          <span className="quiet waiting-step-more">
            {t('waiting.answerBy', { at: shortMoment(step.until, language) })}
          </span>
        )}
      </span>
    </li>
  )
}
