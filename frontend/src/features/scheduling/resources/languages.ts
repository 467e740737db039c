import { useTranslation } from 'react-i18next'
import { byName } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LOCALE } from '../../../shared/i18n/languages'

/** The languages that interpreters in Finland are asked for most; another one that is stored already is shown too. */
export const LANGUAGES = [
  'am',
  'ar',
  'ckb',
  'en',
  'es',
  'et',
  'fa',
  'fr',
  'fse',
  'ku',
  'my',
  'ne',
  'pl',
  'prs',
  'ps',
  'ro',
  'ru',
  'se',
  'so',
  'sq',
  'sv',
  'sw',
  'th',
  'ti',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
]

/** The name of a language in the reader's own. */
export function useLanguageName(): (code: string) => string {
  const { t } = useTranslation()
  const names = new Intl.DisplayNames(LOCALE[useLanguage()], { type: 'language' })
  return (code) => (code === 'fse' ? t('resources.signLanguage') : (names.of(code) ?? code))
}

/** Codes in the order of their names. */
export function useByLanguageName(): (codes: readonly string[]) => string[] {
  const name = useLanguageName()
  const inOrder = byName(useLanguage())
  return (codes) => [...codes].sort((a, b) => inOrder(name(a), name(b)))
}
