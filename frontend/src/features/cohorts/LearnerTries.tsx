import { useTranslation } from 'react-i18next'
import type { Learner } from './api'
import { ReadLink } from './ReadLink'
import { TriedState } from './TriedState'
import './tries.css'

/** What a learner plans, tries and keeps using at work, and what they let their trainers read. */
export function LearnerTries({ cohort, learner }: { cohort: string; learner: Learner }) {
  const { t } = useTranslation()
  const all = learner.modules
    .flatMap((module) => module.activities)
    .filter((activity) => (activity.tries?.length ?? 0) > 0 || activity.readable)
  if (all.length === 0) return null
  return (
    <section className="stack" aria-labelledby="learner-tries">
      <h2 id="learner-tries">{t('applied.title')}</h2>
      {all.some((activity) => activity.readable) && <p className="quiet">{t('applied.seen')}</p>}
      <ul className="plain-list card learner-tries">
        {all.map((activity) => (
          <li key={activity.id}>
            <strong>{activity.title}</strong>
            <span className="stack">
              {activity.tries?.map((one) => (
                <TriedState key={one.id} one={one} />
              ))}
            </span>
            {activity.readable && (
              <ReadLink
                cohort={cohort}
                person={learner.person}
                activity={activity.id}
                title={activity.title}
                name={learner.name}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
