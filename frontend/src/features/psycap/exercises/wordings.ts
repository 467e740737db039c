import { useState } from 'react'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'
import type { Wording } from './api'

const PLAIN = 'luotsi:plain'

/** Plain language is there in Finnish. */
function wordingFor(language: Language, plain: boolean): Wording {
  return language === 'fi' && plain ? 'fi-plain' : language
}

/** In which words exercises are shown, as was chosen on this device. */
export function useWording() {
  const language = useLanguage()
  const [plain, setPlain] = useState(() => localStorage.getItem(PLAIN) === 'true')
  return {
    wording: wordingFor(language, plain),
    plain,
    /** Undefined where there is nothing to choose. */
    choose:
      language === 'fi'
        ? (chosen: boolean) => {
            setPlain(chosen)
            try {
              localStorage.setItem(PLAIN, String(chosen))
            } catch {
              // It is remembered as long as the page is open.
            }
          }
        : undefined,
  }
}

/** The language that a wording is written in, for the browser and what reads aloud. */
export function langOf(wording: Wording): Language {
  return wording === 'fi-plain' ? 'fi' : wording
}

export function inWords<T extends { wording: Wording }>(all: readonly T[], wording: Wording): T {
  const found = all.find((one) => one.wording === wording) ?? all[0]
  if (found === undefined) throw new Error('an exercise has no words')
  return found
}
