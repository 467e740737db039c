export const LANGUAGES = ['fi', 'sv', 'en'] as const

export type Language = (typeof LANGUAGES)[number]

/** Finland's way of writing each language. */
export const LOCALE: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }

/** Each language is named in itself, whatever the page's language. */
export const LANGUAGE_NAMES: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' }

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language)
}
