import { useTranslation } from 'react-i18next'
import { shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { stateOf, type TryRow } from './tries'

/** Where a try is, in one line: planned or tried, its day, and whether it is in use. */
export function TriedState({ one }: { one: TryRow['try'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const state = stateOf({ try: one })
  return (
    <span className="tried-state">
      <span className={state === 'tried' ? 'tag tag-good' : 'tag'}>
        {state === 'tried' && '✓ '}
        {t(`applied.${state}`)}
      </span>
      <span className="quiet">
        {[
          state === 'planned' && t('applied.by', { day: shortDay(one.by, language) }),
          state === 'tried' && one.on && shortDay(one.on, language),
          state === 'tried' && one.went && t(`tries.wents.${one.went}`),
          ...one.followUps.map(
            (look) =>
              look.use &&
              t('tries.laterAnswered', {
                count: look.days,
                use: t(`tries.uses.${look.use}`).toLocaleLowerCase(language),
              }),
          ),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}
