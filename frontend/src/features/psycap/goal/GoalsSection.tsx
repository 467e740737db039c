import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../../shared/ui/states'
import { goalsQuery, NEW } from './api'
import type { KeptGoal } from './goal'
import './goal.css'

/** The person's goals, and the way to a new one. */
export function GoalsSection() {
  const { t } = useTranslation()
  const query = useQuery(goalsQuery)
  return (
    <section className="stack" aria-labelledby="own-goals">
      <h2 id="own-goals">{t('goal.own')}</h2>
      <Loaded query={query}>
        {({ goals }) => (
          <>
            {goals.length === 0 ? (
              <p>{t('goal.none')}</p>
            ) : (
              <ul className="plain-list goal-cards">
                {goals.map((one) => (
                  <li key={one.id}>
                    <GoalCard kept={one} />
                  </li>
                ))}
              </ul>
            )}
            <div>
              <Link to="/goals/$goal" params={{ goal: NEW }} className="button-link button-link-light">
                {t('goal.add')}
              </Link>
            </div>
          </>
        )}
      </Loaded>
    </section>
  )
}

function GoalCard({ kept }: { kept: KeptGoal }) {
  const { t } = useTranslation()
  const { subGoals, title } = kept.goal
  const done = subGoals.filter((sub) => sub.done).length
  return (
    <Link to="/goals/$goal" params={{ goal: kept.id }} className="card goal-link">
      <span className="goal-link-title">{title}</span>
      <span className="quiet">
        {kept.closedAt
          ? t(kept.reached ? 'goal.isReached' : 'goal.isLeft')
          : t('goal.doneOf', { done, count: subGoals.length })}
      </span>
    </Link>
  )
}
