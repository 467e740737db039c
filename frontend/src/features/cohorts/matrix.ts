/** How dark a cell is; the figure in it says the same. */
export function level(percent: number): 0 | 1 | 2 | 3 | 4 {
  if (percent <= 0) return 0
  if (percent < 34) return 1
  if (percent < 67) return 2
  return percent < 100 ? 3 : 4
}

/** The people in whose name every typed word occurs, in the order they came. */
export function matching<P extends { name: string }>(people: readonly P[], typed: string): P[] {
  const words = typed.toLocaleLowerCase('fi').split(/\s+/).filter(Boolean)
  return people.filter((person) => {
    const name = person.name.toLocaleLowerCase('fi')
    return words.every((word) => name.includes(word))
  })
}
