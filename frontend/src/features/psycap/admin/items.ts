/** What was read of a pasted list or a file: the text of each item, and words at values of the scale. */
export type Read = {
  items: Map<string, string>
  anchors: Map<number, string>
  /** Lines, from 1, that are no item and no anchor, or that come twice. */
  unreadable: number[]
  twice: string[]
}

const LINE = /^(@?[A-Za-z0-9_-]+)\s*(?:[;\t:]|,(?="))\s*(.*)$/

/**
 * Reads lines of an id and a text with a semicolon, a tab or a colon between them, as people copy them from a table or write
 * them in YAML. A line that begins with @ and a number names that value of the scale.
 */
export function readItems(text: string): Read {
  const read: Read = { items: new Map(), anchors: new Map(), unreadable: [], twice: [] }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  for (const [index, line] of lines.entries()) {
    const plain = line.trim().replace(/^-\s+/, '')
    if (plain === '' || plain.startsWith('#') || plain === '---') continue
    const found = LINE.exec(plain.replace(/^"([^"]+)"/, '$1'))
    const id = found?.[1]
    const words = unquoted(found?.[2] ?? '')
    if (id === undefined || words === '') {
      // The first line of a table says what its columns are.
      read.unreadable.push(index + 1)
    } else if (/^@\d+$/.test(id)) {
      const value = Number(id.slice(1))
      if (read.anchors.has(value)) read.twice.push(id)
      read.anchors.set(value, words)
    } else if (id.toLowerCase() === 'id' && read.items.size === 0) {
      // Only a heading.
    } else {
      if (read.items.has(id)) read.twice.push(id)
      read.items.set(id, words)
    }
  }
  return read
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  const quoted = /^(["'])(.*)\1$/.exec(trimmed)
  return (quoted?.[2] ?? trimmed).replaceAll('""', '"').trim()
}

/** Of what a shell expects: which items have no text, and which texts belong to no item. */
export function compare(expected: string[], read: Read): { missing: string[]; unknown: string[] } {
  return {
    missing: expected.filter((id) => !read.items.has(id)),
    unknown: [...read.items.keys()].filter((id) => !expected.includes(id)),
  }
}

/** Ids in few words: 1–24, or all of them when they are no row of numbers. */
export function idsInWords(ids: string[]): string {
  const row = ids.length > 2 && ids.every((id, index) => id === String(index + 1))
  return row ? `1–${ids.length}` : ids.join(', ')
}
