import { type ReactNode, useEffect, useId, useRef } from 'react'

type Props = {
  title: ReactNode
  /** What changes when something new is told: the focus goes to the title then. */
  about: string
  aside?: ReactNode
  children: ReactNode
}

/** What waits for an answer at the bottom of the page, in reach of the thumb; the page stays usable above it. */
export function Sheet({ title, about, aside, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is about says when to take the focus
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [about])
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-inside">
        <header className="sheet-header">
          <h2 id={id} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {aside}
        </header>
        {children}
      </div>
    </section>
  )
}
