import { useTranslation } from 'react-i18next'
import { longDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { RouteWords } from './GoalPicture'
import { type Goal, placed } from './goal'

/** A goal as a list, with everything that was written. */
export function GoalList({ goal }: { goal: Goal }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const facts: [string, string | undefined][] = [
    [t('goal.sign'), goal.sign],
    [t('goal.why'), goal.why],
    [t('goal.by'), goal.by && longDay(goal.by, language, true)],
  ]
  return (
    <div className="stack">
      <dl className="goal-facts">
        {facts.map(
          ([name, text]) =>
            text && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
      <ol className="goal-list">
        {placed(goal.subGoals).map(({ one: sub, at }) => (
          <li key={at}>
            <p className="goal-list-sub">
              {sub.text || t('goal.unnamed')}
              {sub.done && <span className="path-done">{t('goal.done')}</span>}
            </p>
            {sub.routes.length > 0 && (
              <ul className="goal-list-routes">
                {placed(sub.routes).map(({ one: route, at: number }) => (
                  <li key={number}>
                    <RouteWords route={route} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
