import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetAllDrafts } from '../../shared/drafts/local'
import { api, keyed, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'
import { forgetAnswers, type Me } from '../../shared/session/me'
import { WriteNotice } from '../../shared/ui/WriteNotice'

export function PersonMenu({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const listId = useId()

  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(() => setOpen(false), [pathname])

  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  const leave = useWrite({
    send: (everywhere: boolean, key) =>
      everywhere
        ? unwrap(api.DELETE('/api/sessions', keyed(key)))
        : unwrap(api.DELETE('/api/session', keyed(key))),
    onDone: async () => {
      // The device may be shared: nothing of the person stays in it.
      forgetAllDrafts()
      await navigate({ to: '/sign-in', search: {} })
      forgetAnswers(queries)
    },
  })

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button inside has opened
    <div
      ref={box}
      className="person"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        setOpen(false)
        button.current?.focus()
      }}
    >
      <button
        ref={button}
        type="button"
        className="person-button"
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        <span className="person-initials" aria-hidden="true">
          {initials(me.name)}
        </span>
        <span className="person-name">{me.name}</span>
        <span className="person-arrow" aria-hidden="true" />
      </button>
      <div id={listId} className="person-list" hidden={!open}>
        <p className="quiet">{me.email}</p>
        <Link to="/account">{t('account.title')}</Link>
        <button type="button" onClick={() => leave.start(false)}>
          {t('account.signOut')}
        </button>
        <button type="button" onClick={() => leave.start(true)}>
          {t('account.signOutEverywhere')}
        </button>
        <WriteNotice write={leave} />
      </div>
    </div>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : ''
  return `${words[0]?.charAt(0) ?? ''}${last?.charAt(0) ?? ''}`.toUpperCase()
}
