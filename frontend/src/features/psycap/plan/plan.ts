import type { Draft, Plan, Point, PointOf } from './api'

export const POINTS = ['start', 'end', 'week', 'month', 'half_year'] as const satisfies readonly Point[]

/** What is chosen of how long a point stays open; the plan's own is among them. */
export function dayChoices(days: number): number[] {
  return [...new Set([7, 14, 21, 30, 45, 60, days])].sort((a, b) => a - b)
}

export function draftOf({ ends, days, measures }: Plan): Draft {
  return {
    ends,
    days,
    measures: measures.map(({ instrument, points }) => ({
      instrument,
      points: POINTS.filter((point) => points.includes(point)),
    })),
  }
}

export function asks(draft: Draft, instrument: string, point: Point): boolean {
  return draft.measures.some((one) => one.instrument === instrument && one.points.includes(point))
}

/** The draft with a point of an instrument asked, or not; the points stay in the order of time. */
export function withPoint(draft: Draft, instrument: string, point: Point, asked: boolean): Draft {
  const others = draft.measures.filter((one) => one.instrument !== instrument)
  const before = draft.measures.find((one) => one.instrument === instrument)?.points ?? []
  const points = POINTS.filter((one) => (one === point ? asked : before.includes(one)))
  const measure = { instrument, points }
  if (points.length === 0) return { ...draft, measures: others }
  if (others.length === draft.measures.length) return { ...draft, measures: [...others, measure] }
  return {
    ...draft,
    measures: draft.measures.map((one) => (one.instrument === instrument ? measure : one)),
  }
}

const FIRST: readonly { instrument: string; points: readonly Point[] }[] = [
  { instrument: 'voimavarat', points: ['start', 'end'] },
  { instrument: 'osaaminen', points: ['start', 'end'] },
  { instrument: 'tyokyky', points: POINTS },
]

/** A plan to begin with, of what the organisation may ask. */
export function firstPlan(plan: Plan): Draft {
  return {
    ...draftOf(plan),
    measures: FIRST.filter((one) => plan.instruments.some(({ id, may }) => may && id === one.instrument)).map(
      ({ instrument, points }) => ({ instrument, points: [...points] }),
    ),
  }
}

export function isSame(a: Draft, b: Draft): boolean {
  const text = ({ ends, days, measures }: Draft) =>
    JSON.stringify([
      ends,
      days,
      measures
        .map(({ instrument, points }) => `${instrument} ${points}`)
        .sort((left, right) => (left < right ? -1 : 1)),
    ])
  return text(a) === text(b)
}

export type Effect =
  /** People are told of it at once. */
  | { what: 'now'; point: Point; until: string }
  | { what: 'first'; point: Point; day: string }
  /** It closed already; of a start, who comes in later is still asked. */
  | { what: 'over'; point: Point; day: string }
  /** Who answered is not asked again. Without a count, there are too few to count. */
  | { what: 'kept'; point: Point; answered?: number }
  /** It is not asked any more; what was answered stays. */
  | { what: 'ended'; point: Point; instrument: string; answered?: number }
  | { what: 'nothing' }

/** What a change of the plan does, in the order of time. `points` are those of the draft. */
export function effectsOf(plan: Plan, draft: Draft, points: readonly PointOf[]): Effect[] {
  const effects: Effect[] = []
  const asked = points.filter(({ point }) => draft.measures.some((one) => one.points.includes(point)))
  const of = (point: Point) => plan.counts.filter((count) => count.point === point)
  for (const { point, state, opens, closes } of asked) {
    const counts = of(point).filter(({ instrument }) => asks(draft, instrument, point))
    if (counts.length > 0) {
      const answered = Math.max(...counts.map((count) => count.answered))
      if (counts.every(({ few }) => few)) effects.push({ what: 'kept', point })
      else if (answered > 0) effects.push({ what: 'kept', point, answered })
    }
    const isNew = draft.measures.some(
      ({ instrument, points: at }) => at.includes(point) && !asks(draftOf(plan), instrument, point),
    )
    const moved = plan.points.find((one) => one.point === point)?.opens !== opens
    if (state === 'closed' && isNew) effects.push({ what: 'over', point, day: closes })
    if (state === 'open' && (isNew || moved)) effects.push({ what: 'now', point, until: closes })
  }
  for (const { point, instrument, few, answered } of plan.counts) {
    if (asks(draft, instrument, point)) continue
    effects.push({ what: 'ended', point, instrument, ...(few ? {} : { answered }) })
  }
  const next = asked.find(({ state }) => state === 'ahead')
  if (asked.length === 0) effects.push({ what: 'nothing' })
  else if (next && !effects.some(({ what }) => what === 'now'))
    effects.push({ what: 'first', point: next.point, day: next.opens })
  return effects
}
