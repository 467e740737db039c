import { Link, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { programPart } from '../../shared/http/programPart'
import type { Me } from '../../shared/session/me'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { useLeave } from './useLeave'

const LeaveDialog = lazy(() =>
  programPart(() => import('./LeaveDialog').then((part) => ({ default: part.LeaveDialog }))),
)

export function PersonMenu({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
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

  const { leave, ask, asking } = useLeave(me)

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
        <Link to="/account">{t('nav.account')}</Link>
        <button type="button" onClick={() => ask(false)}>
          {t('nav.signOut')}
        </button>
        <button type="button" onClick={() => ask(true)}>
          {t('nav.signOutEverywhere')}
        </button>
        <WriteNotice write={leave} />
      </div>
      {asking && (
        <Suspense>
          <LeaveDialog
            unsent={asking.unsent}
            write={leave}
            onConfirm={() => leave.start(asking.everywhere)}
            onClose={asking.stop}
          />
        </Suspense>
      )}
    </div>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : ''
  return `${words[0]?.charAt(0) ?? ''}${last?.charAt(0) ?? ''}`.toUpperCase()
}
