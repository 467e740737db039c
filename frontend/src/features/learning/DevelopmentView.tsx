import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Prose } from '../../shared/ui/Prose'
import { Notice } from '../../shared/ui/states'
import type { Activity, ActivityViewProps } from './api'
import { GoOn } from './GoOn'
import { Rounds, RubricTable, Words } from './marking/Rounds'
import { TextForm } from './TextForm'
import './marking/marking.css'

type Development = NonNullable<Activity['development']>
type Step = Development['steps'][number]

/** The development task: its steps one after the other, each with its texts and feedback, and the two approvals. */
export function DevelopmentView({ activity, reload }: ActivityViewProps) {
  const { t } = useTranslation()
  const { development } = activity
  if (!development) return null
  return (
    <>
      <Prose html={activity.html} language={activity.language} />
      <RubricTable rubric={development.rubric} />
      <Notice
        kind={development.stage === 'approved' ? 'good' : 'info'}
        title={t(`marking.stage.${development.stage}`)}
      />
      {development.first && (
        <Words given={development.first} rubric={development.rubric} title={t('marking.firstApproval')} />
      )}
      {development.second && (
        <Words given={development.second} rubric={development.rubric} title={t('marking.secondApproval')} />
      )}
      <section className="steps" aria-label={t('marking.steps')}>
        {development.steps.map((step, n) => (
          <StepCard
            key={`${step.id} ${step.state} ${step.rounds.length}`}
            activity={activity}
            step={step}
            number={n + 1}
            rubric={development.rubric}
            reload={reload}
          />
        ))}
      </section>
      {development.steps.every(({ state }) => state !== 'open' && state !== 'returned') && (
        <div>
          <GoOn activity={activity} />
        </div>
      )}
    </>
  )
}

function StepCard({
  activity,
  step,
  number,
  rubric,
  reload,
}: ActivityViewProps & { step: Step; number: number; rubric: Development['rubric'] }) {
  const { t } = useTranslation()
  const [writing, setWriting] = useState(step.state === 'open' || step.state === 'returned')
  return (
    <section className="card stack" aria-labelledby={`step-${number}`}>
      <p className="row row-between">
        <span
          className={
            step.state === 'approved' ? 'tag tag-good' : step.state === 'later' ? 'tag' : 'tag tag-beam'
          }
        >
          {step.state === 'approved' && '✓ '}
          {t(`marking.stepState.${step.state}`)}
        </span>
      </p>
      <h2 id={`step-${number}`}>
        {step.title ? t('marking.step', { number, title: step.title }) : t('marking.onlyStep')}
      </h2>
      {step.text && <p>{step.text}</p>}
      {step.rounds.length > 0 && <Rounds rounds={step.rounds} rubric={rubric} />}
      {writing && (
        <TextForm
          activity={activity}
          step={step.id}
          startWith={step.rounds.at(-1)?.text}
          before={step.rounds.at(-1)?.at}
          submitText={t('marking.handIn')}
          onSubmitted={() => {
            setWriting(false)
            void reload()
          }}
        />
      )}
    </section>
  )
}
