/** A part of a text, in UTF-16 code units, as the server counts too. */
export type Range = { start: number; end: number }

export type Piece = Range & { text: string; marks: number[] }

/** Cuts a text where marks begin and end; each piece tells which marks lie over it. */
export function pieces(text: string, marks: readonly Range[]): Piece[] {
  const cuts = new Set([0, text.length])
  for (const { start, end } of marks) {
    cuts.add(Math.min(start, text.length))
    cuts.add(Math.min(end, text.length))
  }
  const at = [...cuts].sort((a, b) => a - b)
  return at.slice(1).map((end, i) => {
    const start = at[i] ?? 0
    const over = marks.flatMap((mark, n) => (mark.start <= start && mark.end >= end ? [n] : []))
    return { start, end, text: text.slice(start, end), marks: over }
  })
}

/** The sentences of a text, for whoever cannot select with a pointer. */
export function sentences(text: string): Range[] {
  const all: Range[] = []
  for (const match of text.matchAll(/[^\s][^.!?\n]*(?:[.!?]+(?=\s|$)|[.!?]+[^\s.!?\n][^.!?\n]*)*/g)) {
    const end = match.index + match[0].trimEnd().length
    if (end > match.index) all.push({ start: match.index, end })
  }
  return all
}

/** What is selected inside an element that shows the whole text, without blanks at its ends; nothing when nothing is. */
export function selectedIn(element: HTMLElement, selection: Selection | null): Range | undefined {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined
  const range = selection.getRangeAt(0)
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return undefined
  const before = document.createRange()
  before.selectNodeContents(element)
  before.setEnd(range.startContainer, range.startOffset)
  const length = (part: globalThis.Range) => {
    const copy = part.cloneContents()
    for (const mark of copy.querySelectorAll('[data-mark]')) mark.remove()
    return (copy.textContent ?? '').length
  }
  const start = length(before)
  const copy = range.cloneContents()
  for (const mark of copy.querySelectorAll('[data-mark]')) mark.remove()
  const text = copy.textContent ?? ''
  const blank = text.length - text.trimStart().length
  const wanted = text.trim()
  return wanted === '' ? undefined : { start: start + blank, end: start + blank + wanted.length }
}
