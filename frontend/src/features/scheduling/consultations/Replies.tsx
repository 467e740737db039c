import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { number } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Dialog } from '../../../shared/ui/Dialog'
import { Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { repliesQuery, type UnitReplies, useSetTarget } from './api'
import './consultations.css'

const TARGETS = [1, 2, 3, 5, 7, 10, 15, 20, 30]

/** How fast units answer. A doctor sees their own figures besides, which nobody else does. */
export function RepliesSection() {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery(repliesQuery)
  const [setting, setSetting] = useState<UnitReplies>()
  const median = (days: number | undefined) =>
    days === undefined
      ? t('consultations.noMedian')
      : t('consultations.days', { count: days, days: number(days, language) })
  return (
    <section className="stack" aria-labelledby="replies">
      <h2 id="replies">{t('consultations.replies')}</h2>
      <Loaded query={query}>
        {({ units, own }) => (
          <>
            {units.length === 0 && <p className="card">{t('consultations.noUnits')}</p>}
            <ul className="plain-list stack-small">
              {own && (
                <li className="card replies">
                  <h3>{t('consultations.own')}</h3>
                  <Counts counts={own} median={median(own.median)} />
                  <p className="quiet">{t('consultations.ownOnly')}</p>
                </li>
              )}
              {units.map((unit) => (
                <li key={unit.unit} className="card replies">
                  <h3>{unit.unitName}</h3>
                  <Counts
                    counts={unit}
                    median={unit.few ? t('consultations.fewAnswered') : median(unit.median)}
                  />
                  <p>
                    {t('consultations.target', { count: unit.target })}{' '}
                    {unit.maySet && (
                      <Button
                        variant="secondaryNoBorder"
                        aria-label={t('consultations.changeTargetOf', { unit: unit.unitName })}
                        onClick={() => setSetting(unit)}
                      >
                        {t('consultations.changeTarget')}
                      </Button>
                    )}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {setting && <TargetDialog unit={setting} onClose={() => setSetting(undefined)} />}
    </section>
  )
}

type CountsOf = { answered: number; waiting: number; overdue: number }

function Counts({ counts, median }: { counts: CountsOf; median: string }) {
  const { t } = useTranslation()
  return (
    <dl className="facts">
      <dt>{t('consultations.median')}</dt>
      <dd>{median}</dd>
      <dt>{t('consultations.answered')}</dt>
      <dd>{counts.answered}</dd>
      <dt>{t('consultations.waiting')}</dt>
      <dd>
        {counts.waiting}
        {counts.overdue > 0 && ` (${t('consultations.overdueOfThem', { count: counts.overdue })})`}
      </dd>
    </dl>
  )
}

function TargetDialog({ unit, onClose }: { unit: UnitReplies; onClose: () => void }) {
  const { t } = useTranslation()
  const [days, setDays] = useState(String(unit.target))
  const set = useSetTarget(unit.unit, onClose)
  const options = TARGETS.includes(unit.target) ? TARGETS : [unit.target, ...TARGETS]
  return (
    <Dialog
      title={t('consultations.changeTargetOf', { unit: unit.unitName })}
      onClose={onClose}
      actions={
        <>
          <Button aria-disabled={set.busy} onClick={() => set.start(Number(days))}>
            {t('common.save')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <Dropdown labelText={t('consultations.targetLabel')} fullWidth value={days} onChange={setDays}>
        {options.map((one) => (
          <DropdownItem key={one} value={String(one)}>
            {t('consultations.workingDays', { count: one })}
          </DropdownItem>
        ))}
      </Dropdown>
      <WriteNotice write={set} />
    </Dialog>
  )
}
