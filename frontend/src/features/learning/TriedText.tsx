import { useTranslation } from 'react-i18next'
import { dayOf, shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import type { OneTry } from './writings'

/** One thing tried at work, to be read: one's own, or somebody else's. */
export function TriedText({ one, others = false }: { one: OneTry; others?: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { went, on, by, followUps } = one.try
  const today = dayOf(new Date())
  return (
    <div className="card stack">
      <h2>{t(others ? 'tries.othersPlan' : 'tries.yourPlan')}</h2>
      <p className="submitted-text">{one.what}</p>
      <p className="quiet">
        {[one.with, t('tries.planBy', { day: shortDay(by, language) })].filter(Boolean).join(' · ')}
      </p>
      {went && (
        <>
          <p>
            <strong>{t(`tries.wents.${went}`)}</strong>
            {on &&
              ` · ${t(others ? 'tries.othersTriedOn' : 'tries.triedOn', { day: shortDay(on, language) })}`}
          </p>
          <p className="submitted-text">{one.story}</p>
        </>
      )}
      {followUps.length > 0 && (
        <ul className="plain-list quiet">
          {followUps.map((look) => (
            <li key={look.days}>
              {look.use
                ? t('tries.laterAnswered', { count: look.days, use: t(`tries.uses.${look.use}`) })
                : look.due > today || look.open
                  ? t('tries.laterOn', { count: look.days, day: shortDay(look.due, language) })
                  : t('tries.laterMissed', { count: look.days })}
              {look.text && <span className="submitted-text"> {look.text}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
