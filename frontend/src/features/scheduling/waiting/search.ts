/** What the booking page was looking for when nothing suited. */
export type Looked = {
  doctor?: string | undefined
  unit?: string | undefined
  minutes?: string | undefined
  mode?: string | undefined
  with?: string | undefined
  never?: string | undefined
  case?: string | undefined
}

export const LOOKED_KEYS = [
  'doctor',
  'unit',
  'minutes',
  'mode',
  'with',
  'never',
  'case',
] as const satisfies (keyof Looked)[]
