import type { ReactNode } from 'react'
import { Button } from 'suomifi-ui-components'
import './drafts.css'

type Side = {
  title: string
  shown: ReactNode
  /** Without, this one can not be chosen as it is. */
  choice?: { text: string; onChoose: () => unknown } | undefined
}

/** Two texts of one person beside each other, or below each other on a phone, and which one stays. */
export function TwoTexts({ mine, theirs }: { mine: Side; theirs: Side }) {
  return (
    <div className="draft-choice">
      {[mine, theirs].map(({ title, shown, choice }) => (
        <section key={title} aria-label={title}>
          <p>
            <strong>{title}</strong>
          </p>
          <div className="draft-text">{shown}</div>
          {choice && (
            <Button variant="secondary" onClick={() => void choice.onChoose()}>
              {choice.text}
            </Button>
          )}
        </section>
      ))}
    </div>
  )
}
