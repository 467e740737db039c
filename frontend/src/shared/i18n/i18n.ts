import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { isLanguage, LANGUAGES, type Language } from './languages'
import type texts from './locales/fi'
import { needed } from './needed'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'texts'
    resources: { texts: typeof texts }
  }
}

const CHOSEN = 'luotsi:language'

const files = import.meta.glob<Record<string, object>>('./locales/*/*.ts')

/** The language a person chose here, else the first of the browser's own that Luotsi speaks, else Finnish. */
export function preferredLanguage(chosen: string | null, browser: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen
  for (const tag of browser) {
    const language = tag.slice(0, 2).toLowerCase()
    if (isLanguage(language)) return language
  }
  return 'fi'
}

/** What is loaded, as `fi/common`. */
const loaded = new Set<string>()

/** The language that was last asked for: the page's own as soon as its texts are here. */
let wanted: Language = 'fi'

/** Starts with the texts that are needed so far, in one language; all others are fetched when they are needed. */
export async function startTexts(): Promise<void> {
  loaded.clear()
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

/** Waits for the texts of all modules loaded so far, also in a language that the page is just changing to. */
export async function textsArrived(): Promise<void> {
  const next = wanted
  const current = isLanguage(i18next.language) ? i18next.language : next
  // Whoever changes the language hears of it when its texts do not come; the page itself can do without them.
  await Promise.all([fetchLanguage(current), next !== current && fetchLanguage(next).catch(() => undefined)])
}

/** Fetches what is needed in a language, so that changing to it takes no time. */
export async function fetchLanguage(language: Language): Promise<void> {
  const missing = () => [...needed].filter((file) => !loaded.has(`${language}/${file}`))
  // Other modules may have come meanwhile.
  while (missing().length > 0) {
    await Promise.all(
      missing().map(async (file) => {
        const texts = await files[`./locales/${language}/${file}.ts`]?.()
        i18next.addResourceBundle(language, 'texts', { ...texts }, true, true)
        loaded.add(`${language}/${file}`)
      }),
    )
  }
}

async function switchTo(language: Language): Promise<void> {
  wanted = language
  try {
    await fetchLanguage(language)
  } catch (error) {
    if (wanted === language && isLanguage(i18next.language)) wanted = i18next.language
    throw error
  }
  // Somebody may have chosen once more meanwhile.
  if (wanted !== language) return
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** Changes the page's language and remembers it on this device; fails when its texts cannot be fetched. */
export async function chooseLanguage(language: Language): Promise<void> {
  await switchTo(language)
  localStorage.setItem(CHOSEN, wanted)
}

/**
 * Changes to the language that a person has as their own. When its texts cannot be fetched, the page stays in the
 * language it is in.
 */
export async function followLanguage(language: Language): Promise<void> {
  if (wanted !== language) await chooseLanguage(language).catch(() => undefined)
}

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return isLanguage(i18n.language) ? i18n.language : 'fi'
}
