import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { followLanguage } from '../../shared/i18n/i18n'
import { isLanguage } from '../../shared/i18n/languages'
import { meQuery } from '../../shared/session/me'
import { Footer } from './Footer'
import { Header } from './Header'
import { useFirstWrong } from './useFirstWrong'
import { useFocusKept } from './useFocusKept'
import { useOutbox } from './useOutbox'
import './shell.css'

/** What every page has around it. */
export function Shell() {
  const { t } = useTranslation()
  // Asked by the pages that need it; here only to greet whoever is known to be signed in.
  const { data: me } = useQuery({ ...meQuery, enabled: false })

  useFocusKept()
  useOutbox(me)
  useFirstWrong()

  useEffect(() => {
    if (isLanguage(me?.language)) void followLanguage(me.language)
  }, [me?.language])

  return (
    <>
      <a className="skip-link" href="#content">
        {t('common.skip')}
      </a>
      <Header me={me} />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer me={me} />
    </>
  )
}
