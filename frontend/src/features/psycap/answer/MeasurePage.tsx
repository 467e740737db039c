import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment, weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useOffline, writesAbout } from '../../../shared/offline/status'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { useBeginning } from '../shared/beginning'
import { AnswerForm } from './AnswerForm'
import { activityOf, COURSE, type Measure, measureQuery, measuresQuery, type Point, placeOf } from './api'
import { type Review, useNoReview, useReview } from './place'
import './answer.css'

const route = getRouteApi('/in/measures/$cohort/$instrument/$point')

export function MeasurePage() {
  const { cohort, instrument, point } = route.useParams()
  const query = useQuery(measureQuery({ cohort, instrument, point: point as Point }, useLanguage()))
  return (
    <LoadedPage query={query}>
      {(measure) => <MeasureView measure={measure} reload={() => query.refetch()} />}
    </LoadedPage>
  )
}

type Stage = 'questions' | 'sent' | 'kept'

function MeasureView({ measure, reload }: { measure: Measure; reload: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const [stage, setStage] = useState<Stage>('questions')
  const { writes } = useOffline()
  const waits = writesAbout(writes, COURSE, activityOf(measure)).some((entry) => !entry.refused)
  const done = stage !== 'questions' || waits
  const review = useReview()
  useNoReview(review, done)
  useBeginning(stage)
  return (
    <Page
      title={measure.title}
      eyebrow={t(`answering.points.${measure.point}`)}
      back={{ to: '/measures', text: t('answering.back') }}
      lead={!done && measure.intro}
      width="text"
    >
      {!done && measure.label !== '' && (
        <p>
          <span className="tag">{measure.label}</span>
        </p>
      )}
      {stage === 'sent' ? (
        <Done kind="sent" measure={measure} />
      ) : stage === 'kept' || waits ? (
        <Done kind="kept" measure={measure} />
      ) : (
        <Questions
          measure={measure}
          review={review}
          reload={reload}
          onSent={() => setStage('sent')}
          onKept={() => setStage('kept')}
        />
      )}
      {measure.credit !== '' && (
        <p className="quiet">
          {t('answering.credit')}: {measure.credit}
        </p>
      )}
    </Page>
  )
}

function Questions({
  measure,
  review,
  reload,
  onSent,
  onKept,
}: {
  measure: Measure
  review: Review
  reload: () => Promise<unknown>
  onSent: () => void
  onKept: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [correcting, setCorrecting] = useState(measure.answeredAt === undefined || measure.draft.text !== '')
  useNoReview(review, !correcting)
  if (!correcting && measure.answeredAt !== undefined)
    return (
      <>
        <Notice
          kind="good"
          title={t('answering.answeredAt', { at: shortMoment(measure.answeredAt, language) })}
        >
          <p>{t('answering.sentUntil', { day: weekdayDay(measure.closes, language) })}</p>
        </Notice>
        <div className="row">
          <Link to="/measures" className="button-link">
            {t('answering.toResults')}
          </Link>
          <Button variant="secondary" onClick={() => setCorrecting(true)}>
            {t('answering.correct')}
          </Button>
        </div>
      </>
    )
  return (
    <>
      <p>
        {t('answering.voluntary')} {t('answering.onlyYou')}
      </p>
      {measure.declined && <Notice title={t('answering.declinedHere')} />}
      <AnswerForm
        key={measure.over}
        measure={measure}
        review={review}
        onSent={onSent}
        onKept={onKept}
        onTheirs={() => reload().finally(() => setCorrecting(false))}
      />
    </>
  )
}

/** They have the answers; what else waits is one tap away, and so are the results. */
function Done({ kind, measure }: { kind: 'sent' | 'kept'; measure: Measure }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const next = useQuery(measuresQuery(language)).data?.waiting.find(
    (one) => activityOf(one) !== activityOf(measure) && one.problem === undefined,
  )
  return (
    <>
      <Notice
        kind={kind === 'sent' ? 'good' : 'info'}
        live
        title={kind === 'sent' ? t('answering.sent') : t('answering.kept')}
      >
        <p>
          {kind === 'sent'
            ? t('answering.sentUntil', { day: weekdayDay(measure.closes, language) })
            : t('answering.keptText')}
        </p>
      </Notice>
      <div className="row">
        {next && (
          <Link to="/measures/$cohort/$instrument/$point" params={placeOf(next)} className="button-link">
            {t('answering.next', { title: next.title })}
          </Link>
        )}
        <Link to="/measures" className={next ? 'button-link button-link-light' : 'button-link'}>
          {t('answering.toResults')}
        </Link>
      </div>
    </>
  )
}
