import { byName } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'

/**
 * The languages that interpreters in Finland are asked for most. Browsers do not know the names of all of them, the sign
 * languages and Northern Sámi among them, so they are named here.
 */
const NAMES: Record<string, Record<Language, string>> = {
  am: { fi: 'amhara', sv: 'amhariska', en: 'Amharic' },
  ar: { fi: 'arabia', sv: 'arabiska', en: 'Arabic' },
  ckb: { fi: 'kurdi (sorani)', sv: 'kurdiska (sorani)', en: 'Kurdish (Sorani)' },
  en: { fi: 'englanti', sv: 'engelska', en: 'English' },
  es: { fi: 'espanja', sv: 'spanska', en: 'Spanish' },
  et: { fi: 'viro', sv: 'estniska', en: 'Estonian' },
  fa: { fi: 'persia', sv: 'persiska', en: 'Persian' },
  fr: { fi: 'ranska', sv: 'franska', en: 'French' },
  fse: { fi: 'suomalainen viittomakieli', sv: 'finskt teckenspråk', en: 'Finnish Sign Language' },
  fss: {
    fi: 'suomenruotsalainen viittomakieli',
    sv: 'finlandssvenskt teckenspråk',
    en: 'Finland-Swedish Sign Language',
  },
  kmr: { fi: 'kurdi (kurmandži)', sv: 'kurdiska (kurmanji)', en: 'Kurdish (Kurmanji)' },
  my: { fi: 'burma', sv: 'burmesiska', en: 'Burmese' },
  ne: { fi: 'nepali', sv: 'nepalesiska', en: 'Nepali' },
  pl: { fi: 'puola', sv: 'polska', en: 'Polish' },
  prs: { fi: 'dari', sv: 'dari', en: 'Dari' },
  ps: { fi: 'paštu', sv: 'pashto', en: 'Pashto' },
  ro: { fi: 'romania', sv: 'rumänska', en: 'Romanian' },
  ru: { fi: 'venäjä', sv: 'ryska', en: 'Russian' },
  se: { fi: 'pohjoissaame', sv: 'nordsamiska', en: 'Northern Sámi' },
  so: { fi: 'somali', sv: 'somaliska', en: 'Somali' },
  sq: { fi: 'albania', sv: 'albanska', en: 'Albanian' },
  sv: { fi: 'ruotsi', sv: 'svenska', en: 'Swedish' },
  sw: { fi: 'swahili', sv: 'swahili', en: 'Swahili' },
  th: { fi: 'thai', sv: 'thailändska', en: 'Thai' },
  ti: { fi: 'tigrinja', sv: 'tigrinska', en: 'Tigrinya' },
  tr: { fi: 'turkki', sv: 'turkiska', en: 'Turkish' },
  uk: { fi: 'ukraina', sv: 'ukrainska', en: 'Ukrainian' },
  ur: { fi: 'urdu', sv: 'urdu', en: 'Urdu' },
  vi: { fi: 'vietnam', sv: 'vietnamesiska', en: 'Vietnamese' },
  zh: { fi: 'kiina', sv: 'kinesiska', en: 'Chinese' },
}

export const LANGUAGES = Object.keys(NAMES)

/** The name of a language in the reader's own; the code of one that has none here. */
export function useLanguageName(): (code: string) => string {
  const language = useLanguage()
  return (code) => NAMES[code]?.[language] ?? code
}

/** Codes in the order of their names. */
export function useByLanguageName(): (codes: readonly string[]) => string[] {
  const name = useLanguageName()
  const inOrder = byName(useLanguage())
  return (codes) => [...codes].sort((a, b) => inOrder(name(a), name(b)))
}
