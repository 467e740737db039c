/** How long joint appointments are, in minutes; a doctor's own times may be of other lengths too. */
export const LENGTHS = [30, 45, 60, 90] as const

/** The usual lengths, and the one that something has already. */
export function lengthsWith(length: number | undefined): number[] {
  return [...new Set<number>([...LENGTHS, length ?? LENGTHS[0]])].sort((a, b) => a - b)
}
