import { useTranslation } from 'react-i18next'
import { clock, clockOf, dayOf, weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useRoleName } from '../../../shared/session/useRoleName'
import type { Choice } from './queue'

/** ti 24.11. klo 9.00 */
export function useShortWhen(): (slot: { start: string }) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  return ({ start }) => {
    const hour = t('scheduling.atClock', { range: clock(clockOf(start), language) }).replace(' ', '\u00a0')
    return `${weekdayDay(dayOf(start), language)} ${hour}`
  }
}

/** An answer in the words of its button. */
export function useChoiceText(): (choice: Choice) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const shortWhen = useShortWhen()
  return (choice) => {
    if (choice.answer === 'accepted') return t('today.said.accepted')
    if (choice.proposed?.length)
      return t('today.said.proposed', {
        times: choice.proposed.map((start) => shortWhen({ start })).join(', '),
      })
    const reason = t(`today.reasons.${choice.reason ?? 'other'}`).toLocaleLowerCase(language)
    return t('today.said.declined', { reason })
  }
}

const SEATS = ['room', 'interpreter', 'other'] as const

/** In which role somebody takes part; rooms, interpreters and guests have no role in Luotsi. */
export function useSeatName(): (role: string) => string {
  const { t } = useTranslation()
  const roleName = useRoleName()
  return (role) => {
    const known = SEATS.find((one) => one === role)
    return known ? t(`today.seats.${known}`) : roleName(role)
  }
}
