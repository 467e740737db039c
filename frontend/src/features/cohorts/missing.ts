import type { TFunction } from 'i18next'
import type { RosterRow } from './rosterApi'

/** What a learner misses, in few words: "M3 kesken, 8 moduulia aloittamatta, 2 lähipäivää, kehittämistehtävä". */
export function missing(t: TFunction, row: Pick<RosterRow, 'missing'>): string {
  const { begun, modules, days, development } = row.missing
  const untouched = modules - begun.length
  return [
    begun.length > 0 && t('roster.begun', { modules: begun.map((module) => `M${module + 1}`).join(', ') }),
    untouched > 0 && t('roster.untouched', { count: untouched }),
    days > 0 && t('roster.days', { count: days }),
    development && t('roster.development'),
  ]
    .filter(Boolean)
    .join(', ')
}

/** How much of it there is, for a list of many: "10 moduulia, 9 lähipäivää". The development task is part of its module. */
export function leftOf(t: TFunction, row: Pick<RosterRow, 'missing'>): string {
  const { modules, days } = row.missing
  return [
    modules > 0 && t('roster.modules', { count: modules }),
    days > 0 && t('roster.days', { count: days }),
  ]
    .filter(Boolean)
    .join(', ')
}
