import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { DayField } from '../../../shared/ui/DayField'
import { datesQuery, type Plan } from './api'
import { asks, dayChoices, draftOf, isSame, POINTS, withPoint } from './plan'
import { SavePlan } from './SavePlan'

/** Which instruments at which points, when the course ends, and how long each point stays open. */
export function PlanForm({ plan, onClose, onDone }: { plan: Plan; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [draft, setDraft] = useState(() => draftOf(plan))
  const [saving, setSaving] = useState(false)
  const early = draft.ends <= plan.starts
  const points = useQuery(datesQuery(plan, language, draft)).data ?? plan.points
  const unchanged = plan.planned && isSame(draft, draftOf(plan))
  return (
    <form
      className="stack-wide"
      onSubmit={(event) => {
        event.preventDefault()
        if (unchanged) onClose()
        else if (!early) setSaving(true)
      }}
    >
      <section className="stack" aria-labelledby="what">
        <h2 id="what">{t('measurePlan.what')}</h2>
        <div className="table-frame">
          <table className="table measure-grid">
            <thead>
              <tr>
                <th scope="col">{t('measurePlan.instrument')}</th>
                {POINTS.map((point) => (
                  <th key={point} scope="col">
                    <abbr title={t(`measurePlan.points.${point}`)}>{t(`measurePlan.short.${point}`)}</abbr>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plan.instruments.map(({ id, title, label, minutes, may }) => (
                <tr key={id}>
                  <th scope="row">
                    {title}
                    <span className="quiet measure-about">
                      {[t('measurePlan.minutes', { count: minutes }), label, !may && t('measurePlan.mayNot')]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </th>
                  {POINTS.map((point) => {
                    const checked = asks(draft, id, point)
                    return (
                      <td key={point}>
                        <label>
                          <input
                            type="checkbox"
                            aria-label={`${title}: ${t(`measurePlan.points.${point}`)}`}
                            checked={checked}
                            disabled={!may && !checked}
                            onChange={(event) => setDraft(withPoint(draft, id, point, event.target.checked))}
                          />
                        </label>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="stack" aria-labelledby="when">
        <h2 id="when">{t('measurePlan.when')}</h2>
        <div className="form measure-when">
          <DayField
            label={t('measurePlan.ends')}
            day={draft.ends}
            onDay={(ends) => ends && setDraft({ ...draft, ends })}
            {...(early && { wrong: t('measurePlan.endsEarly') })}
          />
          <Dropdown
            labelText={t('measurePlan.days')}
            fullWidth
            value={String(draft.days)}
            onChange={(days) => setDraft({ ...draft, days: Number(days) })}
          >
            {dayChoices(draft.days).map((days) => (
              <DropdownItem key={days} value={String(days)}>
                {t('measurePlan.openDays', { count: days })}
              </DropdownItem>
            ))}
          </Dropdown>
        </div>
        <ol className="plain-list measure-dates">
          {points.map(({ point, opens, closes }) => (
            <li key={point}>
              <strong>{t(`measurePlan.points.${point}`)}</strong>{' '}
              {t('measurePlan.between', {
                opens: shortDay(opens, language),
                closes: shortDay(closes, language),
              })}
            </li>
          ))}
        </ol>
        <p className="quiet">{t('measurePlan.late')}</p>
      </section>
      <div className="row">
        <Button type="submit">{t('common.save')}</Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
      {saving && (
        <SavePlan
          plan={plan}
          draft={draft}
          points={points}
          onClose={() => setSaving(false)}
          onDone={onDone}
        />
      )}
    </form>
  )
}
