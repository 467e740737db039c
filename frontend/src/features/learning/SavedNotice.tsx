import { type ReactNode, useEffect, useRef } from 'react'
import { Notice } from '../../shared/ui/states'

/** Says that a text has arrived. When it just did, it takes the focus: the form that had it is gone, and the page has another height. */
export function SavedNotice({
  isNew,
  title,
  children,
}: {
  isNew: boolean
  title: string
  children?: ReactNode
}) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isNew) place.current?.focus()
  }, [isNew])
  return (
    <div ref={place} tabIndex={-1} className="saved-notice">
      <Notice kind="good" title={title}>
        {children}
      </Notice>
    </div>
  )
}
