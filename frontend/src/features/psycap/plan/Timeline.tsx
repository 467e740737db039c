import { useTranslation } from 'react-i18next'
import { shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Plan, PointOf } from './api'
import { asks, draftOf } from './plan'

/** The points in the order of time: when each is open, what is asked, and how many took part. */
export function Timeline({ plan }: { plan: Plan }) {
  return (
    <ol className="plain-list measure-timeline">
      {plan.points.map((point) => (
        <PointLine key={point.point} plan={plan} at={point} />
      ))}
    </ol>
  )
}

function PointLine({ plan, at }: { plan: Plan; at: PointOf }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { point, opens, closes } = at
  const asked = plan.instruments.filter(({ id }) => asks(draftOf(plan), id, point))
  const counts = plan.counts.filter((count) => count.point === point)
  const few = counts.length > 0 && counts.every((count) => count.few)
  const state = asked.length === 0 ? 'idle' : at.state
  return (
    <li className={`measure-point measure-${state}`}>
      <div className="measure-head">
        <h2>{t(`measurePlan.points.${point}`)}</h2>
        {state !== 'idle' && (
          <span className={state === 'open' ? 'tag tag-good' : 'tag'}>{t(`measurePlan.state.${state}`)}</span>
        )}
        <p className="quiet">
          {t('measurePlan.between', { opens: shortDay(opens, language), closes: shortDay(closes, language) })}
        </p>
      </div>
      {asked.length === 0 ? (
        <p className="quiet">{t('measurePlan.nothing')}</p>
      ) : (
        <ul className="plain-list measure-asked">
          {asked.map(({ id, title, label }) => {
            const count = counts.find(({ instrument }) => instrument === id)
            return (
              <li key={id}>
                <span>
                  {title}
                  {label && <span className="quiet"> · {label}</span>}
                </span>
                {count && !count.few && <Bar count={count} />}
              </li>
            )
          })}
        </ul>
      )}
      {few && <p className="quiet">{t('measurePlan.few', { count: plan.floor })}</p>}
    </li>
  )
}

function Bar({ count }: { count: Plan['counts'][number] }) {
  const { t } = useTranslation()
  const { asked, answered, declined } = count
  const width = (people: number) => ({ inlineSize: `${(100 * people) / asked}%` })
  return (
    <div className="measure-count">
      <div className="measure-bar" aria-hidden="true">
        <span className="measure-answered" style={width(answered)} />
        <span className="measure-declined" style={width(declined)} />
      </div>
      <p>
        {t('measurePlan.answered', { answered, asked })}
        {declined > 0 && ` · ${t('measurePlan.declined', { count: declined })}`}
      </p>
    </div>
  )
}
