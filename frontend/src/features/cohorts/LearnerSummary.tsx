import { useTranslation } from 'react-i18next'
import { shortDay, shortMoment } from '../../shared/dates/dates'
import { number } from '../../shared/dates/numbers'
import { useLanguage } from '../../shared/i18n/i18n'
import { Progress } from '../../shared/ui/Progress'
import type { Learner } from './api'
import { missing } from './missing'

/** How far a learner is, and what is missing. */
export function LearnerSummary({ learner }: { learner: Learner }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { completion } = learner
  return (
    <section className="card stack" aria-label={t('cohorts.summary')}>
      <Progress value={learner.percent} label={t('cohorts.progressOf', { name: learner.name })} />
      <dl className="facts">
        <dt>{t('decisions.missing')}</dt>
        <dd>{missing(t, learner) || t('decisions.nothingMissing')}</dd>
        <dt>{t('cohorts.done')}</dt>
        <dd>
          {number(learner.done, language)}/{number(learner.total, language)}
        </dd>
        {completion.daysAsked > 0 && (
          <>
            <dt>{t('attendance.days')}</dt>
            <dd>
              {number(completion.days, language)}/{number(completion.daysAsked, language)}
            </dd>
          </>
        )}
        {(learner.certificate || learner.revoked) && (
          <>
            <dt>{t('certificate.title')}</dt>
            <dd>
              {learner.certificate ??
                t('certificate.revoked', {
                  day: learner.revoked ? shortDay(learner.revoked, language) : '',
                })}
            </dd>
          </>
        )}
        <dt>{t('cohorts.lastSeen')}</dt>
        <dd>{learner.lastSeen ? shortMoment(learner.lastSeen, language) : t('cohorts.never')}</dd>
        <dt>{t('signIn.email')}</dt>
        <dd>
          <a href={`mailto:${learner.email}`}>{learner.email}</a>
        </dd>
      </dl>
    </section>
  )
}
