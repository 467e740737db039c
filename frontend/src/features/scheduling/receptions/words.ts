import type { TFunction } from 'i18next'
import { clock } from '../../../shared/dates/dates'
import type { Language } from '../../../shared/i18n/languages'
import type { PlannedDay, Reception, Receptions } from './api'

const CLASHES = ['past', 'reception', 'room', 'holiday', 'away', 'appointment', 'hours'] as const

/** What stands in the way on a day of a series, in the reader's language. */
export function clashText(t: TFunction, clashes: readonly string[]): string {
  return CLASHES.filter((one) => clashes.includes(one))
    .map((one) => t(`receptions.clashes.${one}`))
    .join(' ')
}

/** Whether a day is chosen until somebody says otherwise: one on which nothing is in the way but other hours. */
export function chosenAtFirst(day: PlannedDay): boolean {
  return day.possible && day.clashes.every((clash) => clash === 'hours')
}

/** 9.00–12.00, from two times of day */
export function hoursOf(reception: { from: string; to: string }, language: Language): string {
  return `${clock(reception.from, language)}–${clock(reception.to, language)}`
}

/** How many appointments of that length fit. */
export function fitting(from: string, to: string, minutes: number): number {
  return Math.max(0, Math.floor((minutesOf(to) - minutesOf(from)) / minutes))
}

function minutesOf(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':')
  return Number(hour) * 60 + Number(minute)
}

/** The reception and those of its series that come after it. */
export function following(all: readonly Reception[], one: Reception): Reception[] {
  return all.filter((other) => other.series === one.series && other.date >= one.date)
}

/** What became of those who had a place. */
export function changedText(t: TFunction, changed: Receptions['changed']): string {
  const said: string[] = []
  if (changed?.moved) said.push(t('receptions.movedAlong', { count: changed.moved }))
  if (changed?.returned) said.push(t('receptions.returned', { count: changed.returned }))
  return said.join(' ')
}
