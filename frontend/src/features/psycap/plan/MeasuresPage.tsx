import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Empty, Notice } from '../../../shared/ui/states'
import { type Plan, planQuery } from './api'
import { ExerciseUse } from './ExerciseUse'
import { PlanForm } from './PlanForm'
import { firstPlan } from './plan'
import { SavePlan } from './SavePlan'
import { Timeline } from './Timeline'
import './plan.css'

const route = getRouteApi('/in/cohorts/$cohort/measures')

/** What a cohort is asked and when, and how many took part. It never shows who. */
export function MeasuresPage() {
  const { cohort } = route.useParams()
  const query = useQuery(planQuery(cohort, useLanguage()))
  return <LoadedPage query={query}>{(plan) => <PlanView plan={plan} />}</LoadedPage>
}

export function PlanView({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const [saved, setSaved] = useState(false)
  const asked = plan.measures.length > 0
  const done = () => {
    setChanging(false)
    setSaved(true)
  }
  return (
    <Page
      title={t('measurePlan.title')}
      eyebrow={plan.name}
      back={{ to: '/cohorts/$cohort', params: { cohort: plan.cohort }, text: t('cohorts.toCohort') }}
      lead={t('measurePlan.lead')}
      aside={
        asked &&
        plan.mayChange &&
        !changing && (
          <div className="row">
            <Link to="/reports/new" search={{ cohort: plan.cohort }} className="button-link">
              {t('measurePlan.report')}
            </Link>
            <Button
              variant="secondary"
              onClick={() => {
                setSaved(false)
                setChanging(true)
              }}
            >
              {t('measurePlan.change')}
            </Button>
          </div>
        )
      }
    >
      {saved && <Notice kind="good" live title={t('common.saved')} />}
      {changing ? (
        <PlanForm plan={plan} onClose={() => setChanging(false)} onDone={done} />
      ) : asked ? (
        <Timeline plan={plan} />
      ) : plan.mayChange ? (
        <First plan={plan} onOwn={() => setChanging(true)} onDone={done} />
      ) : (
        <Empty title={t('measurePlan.none')} />
      )}
      {!plan.mayChange && <p className="quiet">{t('measurePlan.onlyLook')}</p>}
      {!changing && <ExerciseUse cohort={plan.cohort} />}
    </Page>
  )
}

/** Nothing is asked yet: a plan to begin with is one tap away. */
function First({ plan, onOwn, onDone }: { plan: Plan; onOwn: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const [saving, setSaving] = useState(false)
  const draft = firstPlan(plan)
  const title = (id: string) => plan.instruments.find((one) => one.id === id)?.title ?? id
  return (
    <section className="card stack" aria-labelledby="first">
      <h2 id="first">{t('measurePlan.none')}</h2>
      <p>{t('measurePlan.firstLead')}</p>
      <ul>
        {draft.measures.map(({ instrument, points }) => (
          <li key={instrument}>
            <strong>{title(instrument)}</strong>:{' '}
            {points.length === plan.points.length
              ? t('measurePlan.allPoints')
              : points.map((point) => t(`measurePlan.points.${point}`).toLowerCase()).join(', ')}
          </li>
        ))}
      </ul>
      <div className="row">
        <Button onClick={() => setSaving(true)}>{t('measurePlan.useFirst')}</Button>
        <Button variant="secondary" onClick={onOwn}>
          {t('measurePlan.own')}
        </Button>
      </div>
      {saving && (
        <SavePlan
          plan={plan}
          draft={draft}
          points={plan.points}
          onClose={() => setSaving(false)}
          onDone={onDone}
        />
      )}
    </section>
  )
}
