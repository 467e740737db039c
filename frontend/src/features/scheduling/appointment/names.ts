import { useTranslation } from 'react-i18next'

const STATES = [
  'held',
  'offered',
  'asked',
  'booked',
  'arrived',
  'started',
  'fulfilled',
  'noshow',
  'released',
  'declined',
  'cancelled',
] as const

/** Where an appointment is in its life, in the reader's language. */
export function useStateName(): (state: string) => string {
  const { t } = useTranslation()
  return (state) => {
    const known = STATES.find((one) => one === state)
    return known ? t(`appointment.states.${known}`) : state
  }
}

const TAGS: Record<string, string> = {
  held: 'tag tag-beam',
  offered: 'tag tag-beam',
  asked: 'tag tag-beam',
  arrived: 'tag tag-good',
  started: 'tag tag-good',
  fulfilled: 'tag tag-good',
  noshow: 'tag tag-bad',
  released: 'tag',
  declined: 'tag tag-bad',
  cancelled: 'tag tag-bad',
}

export function stateTag(state: string): string {
  return TAGS[state] ?? 'tag'
}
