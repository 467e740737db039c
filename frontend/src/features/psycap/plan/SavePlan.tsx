import { useTranslation } from 'react-i18next'
import { shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { type Draft, type Plan, type PointOf, usePlan } from './api'
import { type Effect, effectsOf } from './plan'

/** Says what a plan does before it is saved: people may be told of it within the minute. */
export function SavePlan({
  plan,
  draft,
  points,
  onClose,
  onDone,
}: {
  plan: Plan
  draft: Draft
  points: readonly PointOf[]
  onClose: () => void
  onDone: () => void
}) {
  const { t } = useTranslation()
  const say = useEffectText(plan)
  const write = usePlan(plan.cohort, useLanguage(), onDone)
  return (
    <ConfirmDialog
      title={t('measurePlan.confirmTitle')}
      text={t('measurePlan.confirmText')}
      confirm={t('common.save')}
      write={write}
      onConfirm={() => write.start(draft)}
      onClose={onClose}
    >
      <ul>
        {effectsOf(plan, draft, points).map((effect) => (
          <li key={JSON.stringify(effect)}>{say(effect)}</li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}

function useEffectText(plan: Plan): (effect: Effect) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const title = (id: string) => plan.instruments.find((one) => one.id === id)?.title ?? id
  return (effect) => {
    if (effect.what === 'nothing') return t('measurePlan.effect.nothing')
    const point = t(`measurePlan.points.${effect.point}`)
    switch (effect.what) {
      case 'now':
        return t('measurePlan.effect.now', { point, day: shortDay(effect.until, language) })
      case 'first':
        return t('measurePlan.effect.first', { point, day: shortDay(effect.day, language) })
      case 'over':
        return t(effect.point === 'start' ? 'measurePlan.effect.overStart' : 'measurePlan.effect.over', {
          point,
          day: shortDay(effect.day, language),
        })
      case 'kept':
        return effect.answered === undefined
          ? t('measurePlan.effect.keptFew', { point })
          : t('measurePlan.effect.kept', { point, count: effect.answered })
      case 'ended':
        return effect.answered
          ? t('measurePlan.effect.ended', {
              point,
              title: title(effect.instrument),
              count: effect.answered,
            })
          : t('measurePlan.effect.endedFew', { point, title: title(effect.instrument) })
    }
  }
}
