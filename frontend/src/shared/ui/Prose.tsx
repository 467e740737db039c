import { useEffect, useRef } from 'react'
import './prose.css'

/** Course content. The server made this HTML from its own Markdown and cleaned it; nobody else's text comes here. */
export function Prose({ html, language }: { html: string; language: string }) {
  const prose = useRef<HTMLDivElement>(null)

  // A table that is wider than the page scrolls by itself, so the keyboard has to reach it; others are no stop on the way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other tables
  useEffect(() => {
    const tables = [...(prose.current?.querySelectorAll('table') ?? [])]
    const observer = new ResizeObserver(() => {
      for (const table of tables)
        if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
        else table.removeAttribute('tabindex')
    })
    for (const table of tables) observer.observe(table)
    return () => observer.disconnect()
  }, [html])

  return (
    <div
      ref={prose}
      className="prose"
      lang={language}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's own, sanitised content
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
