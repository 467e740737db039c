import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../../shared/ui/states'
import { goalQuery, goalsQuery, NEW } from './api'
import { isBegun, type KeptGoal, readDraft } from './goal'
import './goal.css'

/** The person's goals, and the way to a new one. */
export function GoalsSection() {
  const { t } = useTranslation()
  const query = useQuery(goalsQuery)
  const begun = readDraft(useQuery(goalQuery(NEW)).data?.draft.text ?? '')
  const unkept = begun && isBegun(begun) ? begun : undefined
  return (
    <section className="stack" aria-labelledby="own-goals">
      <h2 id="own-goals">{t('goal.own')}</h2>
      <Loaded query={query}>
        {({ goals }) => (
          <>
            {goals.length === 0 && !unkept && <p>{t('goal.none')}</p>}
            {(goals.length > 0 || unkept) && (
              <ul className="plain-list goal-cards">
                {unkept && (
                  <li>
                    <Link to="/goals/$goal" params={{ goal: NEW }} className="card goal-link">
                      <span className="goal-link-title">{unkept.title.trim() || t('goal.newTitle')}</span>
                      <span className="quiet">{t('goal.unkept')}</span>
                    </Link>
                  </li>
                )}
                {goals.map((one) => (
                  <li key={one.id}>
                    <GoalCard kept={one} />
                  </li>
                ))}
              </ul>
            )}
            {!unkept && (
              <div>
                <Link to="/goals/$goal" params={{ goal: NEW }} className="button-link button-link-light">
                  {t('goal.add')}
                </Link>
              </div>
            )}
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
