export const WORDINGS = ['fi', 'fi-plain', 'sv', 'en'] as const

type Wording = (typeof WORDINGS)[number]

/** How a sheet is shown: on a screen that is looked at together, and in whose words. */
export type SheetSearch = { view?: 'screen' | undefined; words?: Wording | undefined }

export function wordingOf(value: unknown): Wording | undefined {
  return WORDINGS.find((one) => one === value)
}
