/** When a client can not come, as toggles for the mornings and afternoons of a week; what they do not cover stays as it is. */

export const WEEKDAYS = [1, 2, 3, 4, 5] as const
export type Half = 'morning' | 'afternoon'

const TIMES: Record<Half, string> = { morning: '00:00-12:00', afternoon: '12:00-23:59' }

export type Chosen = Record<string, readonly Half[]>

/** The toggles out of what a request says, and the rest, which they can not show. */
export function readNever(never: readonly string[]): { chosen: Chosen; rest: string[] } {
  const chosen: Record<string, Half[]> = {}
  const rest: string[] = []
  for (const text of never) {
    const [day = '', times] = text.split('@')
    const half = (Object.keys(TIMES) as Half[]).find((one) => TIMES[one] === times)
    if (!WEEKDAYS.some((one) => String(one) === day) || (times !== undefined && half === undefined)) {
      rest.push(text)
      continue
    }
    chosen[day] = [...(chosen[day] ?? []), ...(half ? [half] : (['morning', 'afternoon'] as const))]
  }
  return { chosen, rest }
}

export function writeNever(chosen: Chosen, rest: readonly string[]): string[] {
  const days = WEEKDAYS.flatMap((day) => {
    const halves = chosen[day] ?? []
    if (halves.includes('morning') && halves.includes('afternoon')) return [String(day)]
    return halves.map((half) => `${day}@${TIMES[half]}`)
  })
  return [...days, ...rest]
}

export function toggled(chosen: Chosen, day: number, half: Half): Chosen {
  const halves = chosen[day] ?? []
  return {
    ...chosen,
    [day]: halves.includes(half) ? halves.filter((one) => one !== half) : [...halves, half],
  }
}
