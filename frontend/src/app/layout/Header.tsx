import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../shared/session/me'
import { isLearner } from '../../shared/session/roles'
import { navigationOf } from '../navigation'
import { Bell } from './Bell'
import { LanguageSwitch } from './LanguageSwitch'
import { Mark } from './Mark'
import { PersonMenu } from './PersonMenu'
import { QueueCount } from './QueueCount'

export function Header({ me }: { me: Me | undefined }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)
  const panelId = useId()

  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(() => setOpen(false), [pathname])

  // On a phone the navigation is one line that is moved sideways: where one is stands in sight.
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active link changes with the page
  useEffect(() => {
    const line = list.current
    const here = line?.querySelector<HTMLElement>('.active')
    if (line && here) line.scrollLeft = here.offsetLeft - (line.clientWidth - here.offsetWidth) / 2
  }, [pathname, me])

  return (
    <header className="header">
      <div className="header-bar">
        <Link to="/" className="brand" aria-label={t('common.toStartOf')}>
          <Mark />
          <span>Luotsi</span>
        </Link>
        {me && isLearner(me) && <Bell />}
        {me && (
          <button
            type="button"
            className="header-toggle"
            aria-expanded={open}
            aria-controls={panelId}
            onClick={() => setOpen(!open)}
          >
            <span className="header-toggle-lines" aria-hidden="true" />
            {t('common.menu')}
          </button>
        )}
        {/* A stranger has nothing but the languages here: they are not hidden behind a word of one of them. */}
        <div id={panelId} className={panelClass(me !== undefined, open)}>
          <LanguageSwitch me={me} />
          {me && <PersonMenu me={me} />}
        </div>
        {me && (
          <nav className="nav" aria-label={t('common.mainNavigation')}>
            <ul ref={list} className="plain-list">
              {navigationOf(me).map((item) => (
                <li key={item.to}>
                  <Link
                    to={item.to}
                    className={isWithin(item.to, pathname) ? 'nav-link active' : 'nav-link'}
                    activeOptions={{ exact: item.to === '/appointments' }}
                  >
                    {t(item.text)}
                    {item.to === '/feedback-queue' && <QueueCount />}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
    </header>
  )
}

/** Measures and goals have addresses of their own, and their place among a person's own resources. */
function isWithin(item: string, pathname: string): boolean {
  return item === '/exercises' && /^\/(measures|goals)\b/.test(pathname)
}

function panelClass(signedIn: boolean, open: boolean): string {
  if (!signedIn) return 'header-panel header-panel-languages'
  return open ? 'header-panel header-panel-open' : 'header-panel'
}
