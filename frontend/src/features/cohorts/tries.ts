import type { Tries } from './triesApi'

export type TryRow = Tries['tries'][number]

/** What a count filters by. */
export const SHOWN = ['planned', 'tried', 'after30', 'after90'] as const
export type Shown = (typeof SHOWN)[number]

export const shownOf = (value: unknown): Shown | undefined => SHOWN.find((one) => one === value)

/** Where a try is: how it went is told only of those that may be read, so the day says that it was tried. */
export function stateOf({ try: one }: Pick<TryRow, 'try'>): 'planned' | 'tried' | 'notTried' {
  if (!one.toldAt) return 'planned'
  return one.went === 'not_tried' ? 'notTried' : 'tried'
}

function inUse({ try: one }: Pick<TryRow, 'try'>, days: number): boolean {
  const use = one.followUps.find((look) => look.days === days)?.use
  return use === 'yes' || use === 'partly'
}

/** Whether a count has a row; in use is also what is partly in use. */
export function counts(row: Pick<TryRow, 'try'>, shown: Shown | undefined): boolean {
  switch (shown) {
    case undefined:
      return true
    case 'planned':
    case 'tried':
      return stateOf(row) === shown
    case 'after30':
      return inUse(row, 30)
    case 'after90':
      return inUse(row, 90)
  }
}
