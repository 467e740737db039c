import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clock, dayOf, longDay, shortDay, weekdayName } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import { type Exception, type Hours, type Rule, useRemoveException, useRemoveRule } from './api'
import { RuleForm } from './RuleForm'

type Units = { id: string; name: string }[]

export function RuleList({ hours, units, doctor }: { hours: Hours; units: Units; doctor: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [moving, setMoving] = useState<string>()
  const [removing, setRemoving] = useState<Rule>()
  const stop = () => setRemoving(undefined)
  const remove = useRemoveRule(hours.person, stop)
  const rules = [...hours.rules].sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from))
  return (
    <>
      <ul className="plain-list hours-list">
        {rules.map((rule) =>
          rule.id === moving ? (
            <li key={rule.id}>
              <RuleForm
                person={hours.person}
                units={units}
                rule={rule}
                doctor={doctor}
                onClose={() => setMoving(undefined)}
              />
            </li>
          ) : (
            <li key={rule.id} className="hours-line">
              <span className="hours-day">{weekdayName(rule.weekday, language)}</span>
              <span className="hours-clock">
                {clock(rule.from, language)}–{clock(rule.to, language)}
              </span>
              <span className="hours-more">
                {t('hours.slotsOf', { minutes: rule.minutes })} · {rule.unitName}
                {rule.purpose === 'written' && <span className="tag">{t('hours.purposes.written')}</span>}
                <span className="quiet">{validText(t, rule, language)}</span>
              </span>
              <span className="row hours-acts">
                <Button
                  variant="secondaryNoBorder"
                  onClick={() => setMoving(rule.id)}
                  aria-label={t('hours.moveRule', {
                    day: weekdayName(rule.weekday, language),
                    from: clock(rule.from, language),
                  })}
                >
                  {t('settings.change')}
                </Button>
                <Button
                  variant="secondaryNoBorder"
                  onClick={() => setRemoving(rule)}
                  aria-label={t('hours.removeRule', {
                    day: weekdayName(rule.weekday, language),
                    from: clock(rule.from, language),
                  })}
                >
                  {t('common.remove')}
                </Button>
              </span>
            </li>
          ),
        )}
      </ul>
      {removing && (
        <ConfirmDialog
          title={t('hours.removeRuleTitle', {
            day: weekdayName(removing.weekday, language),
            range: `${clock(removing.from, language)}–${clock(removing.to, language)}`,
          })}
          text={t('hours.removeRuleText')}
          confirm={t('common.remove')}
          write={remove}
          onConfirm={() => remove.start(removing.id)}
          onClose={stop}
        />
      )}
    </>
  )
}

function validText(t: TFunction, rule: Rule, language: ReturnType<typeof useLanguage>): string {
  if (rule.validUntil) {
    return t('hours.validBetween', {
      from: shortDay(rule.validFrom, language),
      until: shortDay(rule.validUntil, language),
    })
  }
  return t('hours.validFromDay', { from: shortDay(rule.validFrom, language) })
}

export function ExceptionList({ hours }: { hours: Hours }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [removing, setRemoving] = useState<Exception>()
  const stop = () => setRemoving(undefined)
  const remove = useRemoveException(hours.person, stop)
  const today = dayOf(new Date())
  const exceptions = hours.exceptions
    .filter((exception) => exception.date >= today)
    .sort((a, b) => a.date.localeCompare(b.date))
  return (
    <>
      <ul className="plain-list hours-list">
        {exceptions.map((exception) => (
          <li key={exception.id} className="hours-line">
            <span className="hours-day">{longDay(exception.date, language)}</span>
            <span className="hours-clock">{rangeText(t, exception, language)}</span>
            <span className="hours-more">
              <span className={exception.kind === 'away' ? 'tag tag-beam' : 'tag tag-good'}>
                {t(`hours.${exception.kind as 'away' | 'extra' | 'open'}`)}
              </span>
              {exception.purpose === 'written' && <span className="tag">{t('hours.purposes.written')}</span>}
            </span>
            <Button
              variant="secondaryNoBorder"
              onClick={() => setRemoving(exception)}
              aria-label={t('hours.removeException', { day: longDay(exception.date, language) })}
            >
              {t('common.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {removing && (
        <ConfirmDialog
          title={t('hours.removeExceptionTitle', { day: longDay(removing.date, language) })}
          text={removing.kind === 'away' ? t('hours.removeAwayText') : t('hours.removeRuleText')}
          confirm={t('common.remove')}
          write={remove}
          onConfirm={() => remove.start(removing.id)}
          onClose={stop}
        />
      )}
    </>
  )
}

function rangeText(t: TFunction, exception: Exception, language: ReturnType<typeof useLanguage>): string {
  if (!exception.from || !exception.to) return t('hours.wholeDay')
  return `${clock(exception.from, language)}–${clock(exception.to, language)}`
}
