import type { KeyboardEvent } from 'react'

const FIELDS = 'input[type=text], textarea'

/**
 * Enter in one of several lines leads to the next one, and only in the last of them to the next step: who has written
 * the first of three things has two more to write.
 */
export function toNextField(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget: box } = event
  const lone = event.key === 'Enter' && !event.nativeEvent.isComposing && target instanceof HTMLInputElement
  if (!lone || !target.matches(FIELDS)) return
  const fields = [...box.querySelectorAll<HTMLElement>(FIELDS)]
  const next = fields[fields.indexOf(target) + 1]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
