/** The page's address: everything a wish is made of but people without an account, whom the window keeps. */
export type Search = {
  doctor?: string | undefined
  unit?: string | undefined
  mode?: string | undefined
  minutes?: string | undefined
  from?: string | undefined
  to?: string | undefined
  with?: string | undefined
  never?: string | undefined
  /** The case that the appointment is for; without one, a new case begins. */
  case?: string | undefined
  /** The kept time that is shown at the bottom of the page. */
  hold?: string | undefined
}

export const SEARCH_KEYS = [
  'doctor',
  'unit',
  'mode',
  'minutes',
  'from',
  'to',
  'with',
  'never',
  'case',
  'hold',
] as const satisfies (keyof Search)[]
