import { useTranslation } from 'react-i18next'
import { type Goal, placed, type Route, type SubGoal } from './goal'

/**
 * A goal as a path with forks: from where I am to each sub-goal there are as many ways as were thought of. It is a list in a list
 * for those who do not see it; only the lines are drawn.
 */
export function GoalPicture({
  goal,
  onDone,
}: {
  goal: Goal
  onDone?: (subGoal: number, done: boolean) => void
}) {
  const { t } = useTranslation()
  return (
    <ol className="path">
      <li className="path-end">
        <span className="path-mark" aria-hidden="true" />
        {t('goal.now')}
      </li>
      {placed(goal.subGoals).map(({ one: sub, at }) => (
        <Stretch key={at} sub={sub} {...(onDone && { onDone: (done: boolean) => onDone(at, done) })} />
      ))}
      <li className="path-last">
        <div className="path-goal">
          <span className="path-mark path-mark-goal" aria-hidden="true">
            ⚑
          </span>
          <div>
            <p className="path-goal-title">{goal.title}</p>
            {goal.sign && (
              <p className="quiet">
                {t('goal.signShort')} {goal.sign}
              </p>
            )}
          </div>
        </div>
      </li>
    </ol>
  )
}

/** As many ways as stand side by side on a wide page. */
const BESIDE = 4

function Stretch({ sub, onDone }: { sub: SubGoal; onDone?: (done: boolean) => void }) {
  const { t } = useTranslation()
  const beside = sub.routes.length > 1 && sub.routes.length <= BESIDE
  return (
    <li
      className={`path-stretch${sub.done ? ' path-stretch-done' : ''}${sub.routes.length === 0 ? ' path-stretch-bare' : ''}`}
    >
      {sub.routes.length > 0 && (
        <>
          {beside && <Fork routes={sub.routes} />}
          <ul className={beside ? `path-routes path-routes-${sub.routes.length}` : 'path-routes'}>
            {placed(sub.routes).map(({ one: route, at }) => (
              <li key={at} className={route.taken ? 'path-route path-route-taken' : 'path-route'}>
                <RouteWords route={route} />
              </li>
            ))}
          </ul>
          {beside && <Fork routes={sub.routes} joins />}
        </>
      )}
      <div className="path-sub">
        {onDone ? (
          <label className="path-check">
            <input
              type="checkbox"
              checked={sub.done ?? false}
              onChange={(event) => onDone(event.target.checked)}
            />
            <span>{sub.text}</span>
          </label>
        ) : (
          <>
            <span className="path-mark" aria-hidden="true">
              {sub.done ? '✓' : ''}
            </span>
            <span>{sub.text}</span>
          </>
        )}
        {sub.done && <span className="path-done">{t('goal.done')}</span>}
      </div>
    </li>
  )
}

export function RouteWords({ route }: { route: Route }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="path-route-title">
        {route.text}
        {route.taken && <span className="path-taken">{t('goal.first')}</span>}
      </p>
      {route.obstacles.length > 0 && (
        <ul className="path-obstacles">
          {placed(route.obstacles).map(({ one, at }) => (
            <li key={at}>
              <span className="path-if">{t('goal.if')}</span> {one.text}
              {one.plan && (
                <>
                  {' '}
                  <span className="path-then">{t('goal.so')}</span> {one.plan}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The lines from one point to the ways, or from the ways to one point. */
function Fork({ routes, joins = false }: { routes: Route[]; joins?: boolean }) {
  return (
    <svg
      className="path-fork"
      viewBox="0 0 100 40"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {placed(routes).map(({ one: route, at }) => {
        const x = ((at + 0.5) / routes.length) * 100
        const [from, to] = joins ? [x, 50] : [50, x]
        return (
          <path
            key={at}
            className={route.taken ? 'path-line path-line-taken' : 'path-line'}
            d={`M${from} 0C${from} 24 ${to} 16 ${to} 40`}
          />
        )
      })}
    </svg>
  )
}
