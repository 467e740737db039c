/** Parts of a text, where d_z stands as a letter and what is written below it. */
export function subscripts(text: string): { letter: string; below: string; at: number }[] {
  const parts: { letter: string; below: string; at: number }[] = []
  let from = 0
  for (const found of text.matchAll(/\b([dg])_(z|av)\b/g)) {
    if (found.index > from) parts.push({ letter: text.slice(from, found.index), below: '', at: from })
    parts.push({ letter: found[1] ?? '', below: found[2] ?? '', at: found.index })
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push({ letter: text.slice(from), below: '', at: from })
  return parts
}
