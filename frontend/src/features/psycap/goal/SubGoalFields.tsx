import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { useAdded } from '../shared/useAdded'
import { emptyRoute, isWritten, MOST, type Obstacle, placed, put, type Route, type SubGoal } from './goal'

/** A sub-goal with its ways; or, of one that stands, what may be in the way and what to do then. */
export function SubGoalFields({
  number,
  sub,
  about,
  first,
  last,
  onChange,
  onMove,
}: {
  number: number
  sub: SubGoal
  about: 'subGoals' | 'obstacles'
  first: boolean
  last: boolean
  onChange: (sub: SubGoal | undefined) => void
  onMove: (by: -1 | 1) => void
}) {
  const { t } = useTranslation()
  const name = sub.text.trim() || t('goal.numbered', { number })
  const [routes, onAdded] = useAdded<HTMLDivElement>(sub.routes.length, '.goal-route')
  const changeRoute = (at: number, route: Route | undefined) =>
    onChange({ ...sub, routes: put(sub.routes, at, route) })
  if (about === 'obstacles') {
    const ways = placed(sub.routes).filter(({ one }) => isWritten(one))
    return (
      <fieldset className="goal-card">
        <legend>{name}</legend>
        {ways.map(({ one: route, at }) => (
          <ObstacleFields
            key={at}
            number={at + 1}
            route={route}
            onChange={(changed) => changeRoute(at, changed)}
          />
        ))}
        {ways.length === 0 && <p className="quiet">{t('goal.noRoutes')}</p>}
      </fieldset>
    )
  }
  return (
    <fieldset className="goal-card">
      <legend>{t('goal.numbered', { number })}</legend>
      <Textarea
        labelText={t('goal.subGoal')}
        hintText={number === 1 ? t('goal.subGoalHint') : ''}
        fullWidth
        value={sub.text}
        onChange={(event) => onChange({ ...sub, text: event.target.value })}
      />
      <div ref={routes} className="goal-routes">
        {placed(sub.routes).map(({ one: route, at }) => (
          <div key={at} className="goal-route">
            <Textarea
              labelText={t('goal.route', { number: at + 1 })}
              fullWidth
              value={route.text}
              onChange={(event) => changeRoute(at, { ...route, text: event.target.value })}
            />
            {sub.routes.length > 1 && (
              <label className="goal-taken">
                <input
                  type="radio"
                  name={`taken-${number}`}
                  checked={route.taken ?? false}
                  onChange={() =>
                    onChange({
                      ...sub,
                      routes: placed(sub.routes).map(({ one, at: i }) => ({ ...one, taken: i === at })),
                    })
                  }
                />
                {t('goal.takeFirst')}
              </label>
            )}
          </div>
        ))}
      </div>
      <div className="row">
        {sub.routes.length < MOST.routes && (
          <Button
            variant="secondary"
            aria-label={t('goal.addRouteTo', { name })}
            onClick={() => {
              onAdded()
              onChange({ ...sub, routes: [...sub.routes, emptyRoute()] })
            }}
          >
            {t('goal.addRoute')}
          </Button>
        )}
        {sub.routes.length > 1 && (
          <Button
            variant="secondaryNoBorder"
            aria-label={t('goal.removeRouteOf', { name })}
            onClick={() => changeRoute(sub.routes.length - 1, undefined)}
          >
            {t('goal.removeRoute')}
          </Button>
        )}
        {!first && (
          <Button
            variant="secondaryNoBorder"
            aria-label={t('goal.upOf', { name })}
            onClick={() => onMove(-1)}
          >
            ↑ {t('goal.up')}
          </Button>
        )}
        {!last && (
          <Button
            variant="secondaryNoBorder"
            aria-label={t('goal.downOf', { name })}
            onClick={() => onMove(1)}
          >
            ↓ {t('goal.down')}
          </Button>
        )}
        <Button
          variant="secondaryNoBorder"
          aria-label={t('goal.removeOf', { name })}
          onClick={() => onChange(undefined)}
        >
          {t('goal.remove')}
        </Button>
      </div>
    </fieldset>
  )
}

function ObstacleFields({
  number,
  route,
  onChange,
}: {
  number: number
  route: Route
  onChange: (route: Route) => void
}) {
  const { t } = useTranslation()
  const name = route.text.trim() || t('goal.route', { number })
  const [box, onAdded] = useAdded<HTMLDivElement>(route.obstacles.length, '.goal-obstacle')
  const change = (at: number, one: Obstacle | undefined) =>
    onChange({ ...route, obstacles: put(route.obstacles, at, one) })
  return (
    <div ref={box} className="goal-obstacles">
      <p className="path-route-title">{name}</p>
      {placed(route.obstacles).map(({ one, at }) => (
        <div key={at} className="goal-obstacle">
          <Textarea
            labelText={t('goal.obstacle')}
            fullWidth
            value={one.text}
            onChange={(event) => change(at, { ...one, text: event.target.value })}
          />
          <Textarea
            labelText={t('goal.plan')}
            fullWidth
            value={one.plan}
            onChange={(event) => change(at, { ...one, plan: event.target.value })}
          />
          <Button
            variant="secondaryNoBorder"
            aria-label={t('goal.removeObstacleOf', { number: at + 1, name })}
            onClick={() => change(at, undefined)}
          >
            {t('goal.remove')}
          </Button>
        </div>
      ))}
      {route.obstacles.length < MOST.obstacles && (
        <div>
          <Button
            variant="secondary"
            aria-label={t('goal.addObstacleTo', { name })}
            onClick={() => {
              onAdded()
              onChange({ ...route, obstacles: [...route.obstacles, { text: '', plan: '' }] })
            }}
          >
            {t('goal.addObstacle')}
          </Button>
        </div>
      )}
    </div>
  )
}
