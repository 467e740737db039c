import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, keyed, unwrap } from '../../shared/http/client'
import { fetchLanguage, followLanguage, useLanguage } from '../../shared/i18n/i18n'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../shared/i18n/languages'
import { type Me, meQuery } from '../../shared/session/me'

/** Changes the language at once, and for the person who is signed in everywhere: mails come in it too. */
export function LanguageSwitch({ me }: { me: Me | undefined }) {
  const { t } = useTranslation()
  const current = useLanguage()
  const queries = useQueryClient()

  const [failed, setFailed] = useState(false)

  async function change(language: Language) {
    if (language === current) return
    try {
      await fetchLanguage(language)
      setFailed(false)
    } catch {
      return setFailed(true)
    }
    if (me) {
      // First the person's own setting: the server answers in it when the page asks anew.
      const path = '/api/me/language'
      try {
        const changed = await unwrap(api.PUT(path, { body: { language }, ...keyed(crypto.randomUUID()) }))
        queries.setQueryData(meQuery.queryKey, changed)
      } catch {
        // The page changes all the same; the person's own setting follows when they choose again.
      }
    }
    await followLanguage(language)
  }

  return (
    <div>
      <ul className="languages plain-list" aria-label={t('common.language')}>
        {LANGUAGES.map((language) => (
          <li key={language}>
            <button
              type="button"
              lang={language}
              aria-current={language === current ? 'true' : undefined}
              onClick={() => void change(language)}
            >
              {LANGUAGE_NAMES[language]}
            </button>
          </li>
        ))}
      </ul>
      {failed && (
        <p className="languages-failed" role="alert">
          {t('problems.network')}
        </p>
      )}
    </div>
  )
}
