import type { Reply } from '../../../shared/http/client'

export type Report = Reply<'/api/psycap/reports/{report}', 'get'>
export type Section = Report['sections'][number]
export type ScaleFigures = Section['scales'][number]
export type ChangeFigures = ScaleFigures['changes'][number]
/** What a report says of a number: its value, or why there is none. */
export type Numbered = ChangeFigures['mean']
export type Point = ChangeFigures['from']

const POINTS = ['start', 'end', 'week', 'month', 'half_year'] as const satisfies readonly Point[]

/** The points that are named, in the order of time. */
export function pointsOf(named: readonly string[]): Point[] {
  return POINTS.filter((point) => named.includes(point))
}
