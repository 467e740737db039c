import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortDay, shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Loaded, Notice } from '../../shared/ui/states'
import type { Learner } from './api'
import { CompensateDialog, CreditDialog, WithdrawDialog } from './DecisionDialogs'
import { type Decision, decisionsQuery, isWithdrawable } from './decisionsApi'
import { ExtendDialog } from './ExtendDialog'
import { creditable, missedDays } from './learner'

/** What trainers may decide about a learner, and what they decided, with who, when and why. */
export function DecisionsSection({ cohort, learner }: { cohort: string; learner: Learner }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'credit' | 'compensate' | 'extend' | Decision>()
  const [said, setSaid] = useState<string>()
  const query = useQuery(decisionsQuery(cohort, learner.person))
  const modules = creditable(learner)
  const days = missedDays(learner)
  const show = (dialog: typeof open) => {
    setOpen(dialog)
    setSaid(undefined)
  }
  const dialog = {
    cohort,
    learner,
    onClose: () => setOpen(undefined),
    onDone: (text: string) => {
      setOpen(undefined)
      setSaid(text)
    },
  }
  return (
    <section className="stack" aria-labelledby="decisions">
      <h2 id="decisions">{t('decisions.title')}</h2>
      <div className="row">
        {modules.length > 0 && (
          <Button variant="secondary" onClick={() => show('credit')}>
            {t('decisions.credit')}
          </Button>
        )}
        {days.length > 0 && (
          <Button variant="secondary" onClick={() => show('compensate')}>
            {t('decisions.compensate')}
          </Button>
        )}
        {!learner.completion.complete && (
          <Button variant="secondary" onClick={() => show('extend')}>
            {t('roster.extend')}
          </Button>
        )}
      </div>
      {said && <Notice kind="good" live title={said} />}
      <Loaded query={query}>
        {({ decisions }) =>
          decisions.length === 0 ? (
            <p className="quiet">{t('decisions.none')}</p>
          ) : (
            <ul className="plain-list card decisions">
              {decisions.map((decision) => (
                <li key={`${decision.kind} ${decision.target}`}>
                  <DecisionLine decision={decision} onWithdraw={() => show(decision)} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open === 'credit' && <CreditDialog {...dialog} modules={modules} />}
      {open === 'compensate' && <CompensateDialog {...dialog} days={days} />}
      {open === 'extend' && (
        <ExtendDialog
          roster={{ cohort: { id: cohort, course: learner.course }, modules: learner.modules }}
          people={[learner]}
          onClose={dialog.onClose}
          onDone={(later) =>
            dialog.onDone(later > 0 ? t('roster.later', { count: later }) : t('decisions.extended'))
          }
        />
      )}
      {typeof open === 'object' && isWithdrawable(open.kind) && (
        <WithdrawDialog {...dialog} kind={open.kind} decision={open} />
      )}
    </section>
  )
}

function DecisionLine({ decision, onWithdraw }: { decision: Decision; onWithdraw: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const kind = decision.credit && t(`decisions.kinds.${decision.credit}`)
  return (
    <div className="decision">
      <div className="stack decision-what">
        <p>
          <span className="quiet">
            {decision.kind === 'extended'
              ? t('decisions.what.extended', {
                  day: decision.until ? shortDay(decision.until, language) : '',
                })
              : t(`decisions.what.${decision.kind}`)}
            {kind && ` · ${kind}`}
          </span>
          <br />
          <strong>{decision.title}</strong>
        </p>
        <p className="decision-reason">
          {decision.reason || <span className="quiet">{t('decisions.gone')}</span>}
        </p>
        <p className="quiet">
          {[decision.by, shortMoment(decision.at, language)].filter(Boolean).join(' · ')}
        </p>
      </div>
      {isWithdrawable(decision.kind) && (
        <Button
          variant="secondaryNoBorder"
          onClick={onWithdraw}
          aria-label={t(`decisions.withdraw.${decision.kind}.named`, { title: decision.title })}
        >
          {t(`decisions.withdraw.${decision.kind}.button`)}
        </Button>
      )}
    </div>
  )
}
