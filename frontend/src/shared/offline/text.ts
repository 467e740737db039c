import type { Entry } from '../../shared/offline/database'

/** The fields that hold what was written, and no choice. */
const WRITTEN = new Set(['text', 'what', 'with'])

/** The words a person wrote in a write, for them to read and copy; a mere mark or choice has none. */
export function textOf(entry: Pick<Entry, 'body'>): string | undefined {
  let body: unknown
  try {
    body = JSON.parse(entry.body)
  } catch {
    return undefined
  }
  const texts: string[] = []
  collect(body, texts)
  return texts.length === 0 ? undefined : texts.join('\n\n')
}

function collect(value: unknown, texts: string[]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (WRITTEN.has(name) && typeof inner === 'string') {
      if (inner.trim() !== '') texts.push(...linesOf(inner))
    } else collect(inner, texts)
  }
}

/** A text; of what was written in the fields of an exercise, which is JSON, everything that is in them. */
function linesOf(text: string): string[] {
  if (!text.startsWith('{')) return [text]
  try {
    const lines: string[] = []
    JSON.parse(text, (_, value) => {
      if (typeof value === 'string' && value.trim() !== '') lines.push(value)
      return value
    })
    return lines
  } catch {
    return [text]
  }
}
