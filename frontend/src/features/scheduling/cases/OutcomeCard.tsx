import { useTranslation } from 'react-i18next'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Outcome } from './api'
import { useActorName } from './names'
import { Written } from './QuestionCard'

/** What a meeting came to. Who does what by when is kept longer than the words. */
export function OutcomeCard({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const actorName = useActorName()
  return (
    <div className="stack-small">
      {outcome.gone ? (
        <p className="quiet">{t('cases.goneSince', { day: shortDay(dayOf(outcome.gone), language) })}</p>
      ) : (
        <dl className="question-more">
          <dt>{t('cases.decided')}</dt>
          <dd className="case-text">{outcome.decided}</dd>
        </dl>
      )}
      {outcome.actions.length > 0 && (
        <ul className="outcome-list" aria-label={t('cases.actions')}>
          {outcome.actions.map((action, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
            <li key={at}>
              <strong>{action.name || actorName(action.who)}</strong>
              {action.what !== '' && `: ${action.what}`}
              {action.due && (
                <span className="nowrap"> · {t('cases.by', { day: shortDay(action.due, language) })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {(outcome.next || outcome.nextHow !== '') && (
        <p>
          {t('cases.next')}:{' '}
          {[outcome.next && shortDay(outcome.next, language), outcome.nextHow].filter(Boolean).join(', ')}
        </p>
      )}
      <Written by={outcome.by} at={outcome.at} />
    </div>
  )
}
