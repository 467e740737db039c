import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { dayOf, shortDay, shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Progress } from '../../shared/ui/Progress'
import { Loaded } from '../../shared/ui/states'
import { type Learner, type LearnerActivity, learnerQuery, submissionQuery, useRemoveLearner } from './api'
import { DecisionsSection } from './DecisionsSection'
import { LearnerSummary } from './LearnerSummary'
import { LearnerTries } from './LearnerTries'
import { Reopen } from './Reopen'
import { Timeline } from './Timeline'
import './cohorts.css'

const route = getRouteApi('/in/cohorts/$cohort/learners/$person')

export function LearnerPage() {
  const { cohort, person } = route.useParams()
  const query = useQuery(learnerQuery(cohort, person))
  return (
    <LoadedPage query={query}>{(learner) => <LearnerView cohort={cohort} learner={learner} />}</LoadedPage>
  )
}

function LearnerView({ cohort, learner }: { cohort: string; learner: Learner }) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState(false)
  return (
    <Page
      title={learner.name}
      back={{ to: '/cohorts/$cohort', params: { cohort }, text: t('cohorts.toCohort') }}
      lead={t('cohorts.viewLogged')}
    >
      <LearnerSummary learner={learner} />
      {learner.trains && <DecisionsSection cohort={cohort} learner={learner} />}
      <section className="stack" aria-labelledby="modules">
        <h2 id="modules">{t('learning.modules')}</h2>
        {learner.modules
          .filter((module) => module.activities.length > 0)
          .map((module) => (
            <details key={module.id} className="card" open={module.percent > 0 && module.percent < 100}>
              <summary className="learner-module">
                <h3>
                  {module.title} {module.credit && <span className="tag">{t('decisions.isCredited')}</span>}
                </h3>
                <Progress
                  value={module.percent}
                  label={t('cohorts.progressOf', { name: module.title })}
                  size="small"
                />
              </summary>
              <ul className="plain-list learner-activities">
                {module.activities.map((activity) => (
                  <li key={activity.id}>
                    <ActivityLine cohort={cohort} person={learner.person} activity={activity} />
                  </li>
                ))}
              </ul>
            </details>
          ))}
      </section>
      <LearnerTries cohort={cohort} learner={learner} />
      {learner.trains && (
        <p>
          <Link
            to="/cohorts/$cohort/learners/$person/results"
            params={{ cohort, person: learner.person }}
            className="button-link button-link-light"
          >
            {t('answering.learnerResults')}
          </Link>
        </p>
      )}
      <Timeline events={learner.timeline} />
      {learner.trains && (
        <div>
          <Button variant="secondary" onClick={() => setRemoving(true)}>
            {t('cohorts.remove')}
          </Button>
        </div>
      )}
      {removing && <RemoveDialog cohort={cohort} learner={learner} onClose={() => setRemoving(false)} />}
    </Page>
  )
}

function ActivityLine({
  cohort,
  person,
  activity,
}: {
  cohort: string
  person: string
  activity: LearnerActivity
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [reading, setReading] = useState(false)
  return (
    <div className="learner-activity">
      {activity.word === 'absent' ? (
        <span className="tag tag-bad">{t('attendance.absent')}</span>
      ) : (
        <span className={activity.done ? 'tag tag-good' : 'tag'}>
          {activity.done ? `✓ ${t('learning.done')}` : t('learning.notDone')}
        </span>
      )}
      <span className="learner-activity-title">{activity.title}</span>
      <span className="quiet">
        {[
          activity.doneAt && shortDay(dayOf(activity.doneAt), language),
          activity.attempts > 0 && t('cohorts.attempts', { count: activity.attempts }),
          activity.points !== undefined &&
            activity.max !== undefined &&
            t('learning.points', { points: activity.points, max: activity.max }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {activity.kind === 'task' && activity.done && !reading && (
        <Button variant="secondaryNoBorder" onClick={() => setReading(true)}>
          {t('cohorts.readSubmission')}
        </Button>
      )}
      {activity.spent && <Reopen cohort={cohort} person={person} activity={activity} />}
      {reading && <Submission cohort={cohort} person={person} activity={activity.id} />}
    </div>
  )
}

function Submission({ cohort, person, activity }: { cohort: string; person: string; activity: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery(submissionQuery(cohort, person, activity))
  return (
    <div className="learner-submission">
      <Loaded query={query}>
        {({ text, at }) => (
          <>
            <p className="quiet">{t('learning.submittedAt', { at: shortMoment(at, language) })}</p>
            <p>{text}</p>
          </>
        )}
      </Loaded>
    </div>
  )
}

function RemoveDialog({
  cohort,
  learner,
  onClose,
}: {
  cohort: string
  learner: Learner
  onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const remove = useRemoveLearner(cohort, () => navigate({ to: '/cohorts/$cohort', params: { cohort } }))
  return (
    <ConfirmDialog
      title={t('cohorts.removeTitle', { name: learner.name })}
      text={t('cohorts.removeText')}
      confirm={t('cohorts.remove')}
      write={remove}
      onConfirm={() => remove.start(learner.person)}
      onClose={onClose}
    />
  )
}
