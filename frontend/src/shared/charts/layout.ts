/** Sizes of letters in plots, in pixels. Smaller ones cannot be read on a phone or on paper. */
export const LETTERS = 14
export const LINE = 18

/** About how wide a text is drawn: a picture cannot measure, and a letter too many is better than one over the edge. */
export function widthOf(text: string, size = LETTERS): number {
  return text.length * size * 0.54
}

/** Breaks a text between words into lines that are about as wide as there is room; a word alone may be wider. */
export function wrapped(text: string, room: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`) <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/**
 * Moves labels so far apart that none lies over another, each as near to its own place as that allows, and all between
 * low and high when there is room for all. The answer is in the order of the question.
 */
export function spread(places: number[], gap: number, low: number, high: number): number[] {
  const order = places.map((_, nth) => nth).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b)
  // Neighbours that would touch become one block, which stands around the middle of its own places.
  const blocks: { from: number; count: number; sum: number }[] = []
  const startOf = (block: { count: number; sum: number }) => {
    const start = block.sum / block.count - ((block.count - 1) * gap) / 2
    return Math.max(low, Math.min(start, high - (block.count - 1) * gap))
  }
  for (const [rank, nth] of order.entries()) {
    let block = { from: rank, count: 1, sum: places[nth] ?? 0 }
    for (;;) {
      const before = blocks.at(-1)
      if (before === undefined || startOf(before) + before.count * gap <= startOf(block)) break
      blocks.pop()
      block = { from: before.from, count: before.count + block.count, sum: before.sum + block.sum }
    }
    blocks.push(block)
  }
  const moved = [...places]
  for (const block of blocks) {
    const start = startOf(block)
    for (let i = 0; i < block.count; i += 1) moved[order[block.from + i] ?? 0] = start + i * gap
  }
  return moved
}

/** The part of a scale that a plot of means shows: all of them, and at least a fifth of the scale, in steps that can be read. */
export function shownRange(values: number[], min: number, max: number): [from: number, to: number] {
  if (values.length === 0) return [min, max]
  const step = max - min > 6 ? 1 : 0.5
  let from = Math.floor(Math.min(...values) / step) * step
  let to = Math.ceil(Math.max(...values) / step) * step
  // On the side that has less room first.
  for (
    let up = Math.max(...values) - from > to - Math.min(...values);
    to - from < (max - min) / 5;
    up = !up
  ) {
    if (up && to < max) to += step
    else if (from > min) from -= step
    else to += step
  }
  return [Math.max(min, from), Math.min(max, to)]
}
