import { type Language, LOCALE } from '../i18n/languages'

/** 6,8 in Finnish */
export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 1 }).format(value)
}

/** 68 % in Finnish, 68% in English */
export function percent(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], { style: 'percent' }).format(value / 100)
}

/** Orders names the way the reader's language does: in Finnish ä and ö come last. */
export function byName(language: Language): (a: string, b: string) => number {
  return new Intl.Collator(LOCALE[language], { sensitivity: 'base' }).compare
}
