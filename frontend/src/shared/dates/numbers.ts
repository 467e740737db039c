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

/** 6,80 in Finnish: always with so many decimals; below zero with a real minus. */
export function decimals(value: number, language: Language, digits: number): string {
  return withMinus(value, language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** +0,5 in Finnish: a change says which way. What is rounded to nothing has no sign. */
export function signed(value: number, language: Language, digits: number): string {
  return withMinus(value, language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  })
}

function withMinus(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  const negative: Intl.NumberFormatOptions = { signDisplay: 'negative', ...options }
  return new Intl.NumberFormat(LOCALE[language], negative).format(value).replace('-', '−')
}
