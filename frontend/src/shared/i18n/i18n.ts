import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { isLanguage, LANGUAGES, type Language } from './languages'
import type texts from './locales/fi'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'texts'
    resources: { texts: typeof texts }
  }
}

const CHOSEN = 'luotsi:language'

const loaders: Record<Language, () => Promise<{ default: object }>> = {
  fi: () => import('./locales/fi'),
  sv: () => import('./locales/sv'),
  en: () => import('./locales/en'),
}

/** The language a person chose here, else the first of the browser's own that Luotsi speaks, else Finnish. */
export function preferredLanguage(chosen: string | null, browser: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen
  for (const tag of browser) {
    const language = tag.slice(0, 2).toLowerCase()
    if (isLanguage(language)) return language
  }
  return 'fi'
}

/** Loads one language's texts and starts with it; the other two are fetched only when asked for. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: undefined,
    supportedLngs: [...LANGUAGES],
    fallbackLng: false,
    defaultNS: 'texts',
    ns: ['texts'],
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await switchTo(preferredLanguage(localStorage.getItem(CHOSEN), navigator.languages))
}

async function switchTo(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'texts')) {
    const loaded = await loaders[language]()
    i18next.addResourceBundle(language, 'texts', loaded.default)
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** Changes the page's language and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(CHOSEN, language)
  await switchTo(language)
}

/** Changes to the language that the signed-in person has chosen, on whatever device. */
export async function followLanguage(language: Language): Promise<void> {
  if (i18next.language !== language) await chooseLanguage(language)
}

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return isLanguage(i18n.language) ? i18n.language : 'fi'
}
