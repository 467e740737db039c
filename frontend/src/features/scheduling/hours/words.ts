import type { TFunction } from 'i18next'
import { clock, shortDay, weekdayDay } from '../../../shared/dates/dates'
import { type Language, LOCALE } from '../../../shared/i18n/languages'
import type { Block, Suggestion } from './api'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const

/** ti 1.12. klo 13.00–15.00 */
export function blockText(t: TFunction, block: Block, language: Language): string {
  return t('openHours.at', {
    day: weekdayDay(block.date, language),
    range: `${clock(block.from, language)}–${clock(block.to, language)}`,
  })
}

/** What a suggestion is called: where it comes from. */
export function suggestionName(t: TFunction, suggestion: Suggestion, language: Language): string {
  const first = suggestion.rules[0]
  if (suggestion.kind === 'same' && suggestion.month) {
    return t(`openHours.sameAs.${MONTHS[Number(suggestion.month.slice(5, 7)) - 1] ?? 'jan'}`)
  }
  if (first === undefined) return ''
  const text = ruleText(t, first, language)
  return suggestion.kind === 'term' ? t('openHours.termOf', { text }) : text
}

/** tiistaisin klo 13.00–15.00, or of one day: ti 8.12. klo 13.00–15.00 */
function ruleText(t: TFunction, rule: Suggestion['rules'][number], language: Language): string {
  const range = `${clock(rule.from, language)}–${clock(rule.to, language)}`
  const day =
    rule.validFrom === rule.validUntil
      ? weekdayDay(rule.validFrom, language)
      : t(`openHours.onDays.${WEEKDAYS[rule.weekday - 1] ?? 'mon'}`)
  return t('openHours.at', { day, range })
}

/** All that a suggestion would open: its rules, from when to when, and how many places. */
export function suggestionDetails(
  t: TFunction,
  suggestion: Suggestion,
  language: Language,
  units: number,
): string {
  const rules = new Intl.ListFormat(LOCALE[language]).format(
    suggestion.rules.map((rule) => ruleText(t, rule, language) + (units > 1 ? ` (${rule.unitName})` : '')),
  )
  const oneDay = suggestion.from === suggestion.until
  const between = t('hours.validBetween', {
    from: shortDay(suggestion.from, language),
    until: shortDay(suggestion.until, language),
  })
  const places = t('openHours.places', { count: suggestion.places })
  const parts = [suggestion.kind === 'same' && rules, !oneDay && between, places]
  return parts.filter(Boolean).join(' · ')
}
