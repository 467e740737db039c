import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { pageHasChanged } from './arrival'
import './page.css'

type Props = {
  title: string
  /** A short line over the title: where this page belongs. */
  eyebrow?: ReactNode
  lead?: ReactNode
  back?: { to: LinkProps['to']; params?: LinkProps['params']; text: string }
  /** Text pages are as wide as is good to read; lists and tables use the whole width. */
  width?: 'text' | 'wide'
  aside?: ReactNode
  children: ReactNode
}

/** One page: its title in the tab and as the one h1, which gets the focus when a person comes here from another page. */
export function Page({ title, eyebrow, lead, back, width = 'wide', aside, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    document.title = `${title} – Luotsi`
  }, [title])

  useEffect(() => {
    if (pageHasChanged()) heading.current?.focus({ preventScroll: true })
  }, [])

  return (
    <div className={`page page-${width}`}>
      {back && (
        <Link to={back.to} params={back.params} className="page-back">
          <span aria-hidden="true">←</span> {back.text}
        </Link>
      )}
      <header className="page-header">
        <div className="page-titles">
          {eyebrow && <p className="eyebrow">{eyebrow}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className="lead">{lead}</div>}
        </div>
        {aside}
      </header>
      {children}
    </div>
  )
}
