import './prose.css'

/** Course content. The server made this HTML from its own Markdown and cleaned it; nobody else's text comes here. */
export function Prose({ html, language }: { html: string; language: string }) {
  return (
    <div
      className="prose"
      lang={language}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's own, sanitised content
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
