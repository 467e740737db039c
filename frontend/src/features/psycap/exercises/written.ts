import type { Entry } from '../../../shared/offline/database'
import type { Field, Step } from './api'

export type PlanRow = { obstacle: string; answer: string }
export type Value = string | number | string[] | PlanRow[]

/** What is written, by step and field. */
export type Written = Record<string, Record<string, Value>>

/**
 * A draft: what is written, which steps are shown in their easier variant, and which were done in it or not. A page that
 * opens without a network knows of the steps by this alone.
 */
export type Drafted = {
  written: Written
  easier: Record<string, boolean>
  done: Record<string, boolean>
}

/** The places of the variants and of the steps in a draft; no step has such an id. */
const EASIER = '_easier'
const DONE = '_done'

export function readDraft(text: string): Drafted {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) {
      const { [EASIER]: easier, [DONE]: done, ...written } = read as Record<string, Record<string, never>>
      return { written, easier: easier ?? {}, done: done ?? {} }
    }
  } catch {
    // Nothing is written yet.
  }
  return { written: {}, easier: {}, done: {} }
}

export function draftText({ written, easier, done }: Drafted): string {
  return JSON.stringify({
    ...written,
    ...(Object.keys(easier).length > 0 && { [EASIER]: easier }),
    ...(Object.keys(done).length > 0 && { [DONE]: done }),
  })
}

/** What is kept when an exercise is finished. */
export function finishText({ written }: Drafted): string {
  return JSON.stringify(written)
}

export function withValue(drafted: Drafted, step: string, field: string, value: Value): Drafted {
  const { written } = drafted
  return { ...drafted, written: { ...written, [step]: { ...written[step], [field]: value } } }
}

export function withEasier(drafted: Drafted, step: string, easier: boolean): Drafted {
  return { ...drafted, easier: { ...drafted.easier, [step]: easier } }
}

export function withDone(drafted: Drafted, step: string, easier: boolean): Drafted {
  return { ...drafted, done: { ...drafted.done, [step]: easier } }
}

export function rowsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((row) => typeof row === 'string') : []
}

export function planOf(value: Value | undefined): PlanRow[] {
  return Array.isArray(value)
    ? value.filter((row): row is PlanRow => typeof row === 'object' && row !== null && 'obstacle' in row)
    : []
}

/** How many rows of a list or a plan have something in them. */
function rowsWritten(field: Field, value: Value | undefined): number {
  if (field.kind === 'plan') {
    return planOf(value).filter((row) => row.obstacle.trim() !== '' || row.answer.trim() !== '').length
  }
  return rowsOf(value).filter((row) => row.trim() !== '').length
}

/** The first field with fewer rows than are hoped for, when that is more than one. Nobody has to write more. */
export function fewer(
  fields: readonly Field[],
  values: Record<string, Value> = {},
): { field: Field; count: number } | undefined {
  for (const field of fields) {
    const count = rowsWritten(field, values[field.id])
    if (field.least > 1 && count < field.least) return { field, count }
  }
  return undefined
}

/** The lengths that the server takes, in characters. */
export const LONGEST = { line: 500, long: 5_000 }

/** By how many characters a text is too long; 0 when it is not. */
export function tooLongBy(text: string, most: number): number {
  return Math.max(0, [...text].length - most)
}

/** Whether something of a step is too long to be kept. */
export function hasTooLong(fields: readonly Field[], values: Record<string, Value> = {}): boolean {
  return fields.some((field) => {
    const value = values[field.id]
    const texts =
      field.kind === 'plan'
        ? planOf(value).flatMap((row) => [row.obstacle, row.answer])
        : field.kind === 'list'
          ? rowsOf(value)
          : typeof value === 'string'
            ? [value]
            : []
    return texts.some((text) => tooLongBy(text, field.kind === 'long' ? LONGEST.long : LONGEST.line) > 0)
  })
}

/** Where an exercise goes on: at the first step that is not done; at the last one when all are. */
export function placeIn(steps: readonly Step[], done: ReadonlyMap<string, boolean>): number {
  const first = steps.findIndex(({ id }) => !done.has(id))
  return first < 0 ? Math.max(0, steps.length - 1) : first
}

/** From a step on. */
export function minutesFrom(steps: readonly Step[], place: number): number {
  return steps.slice(place).reduce((sum, { minutes }) => sum + minutes, 0)
}

/** What of a run waits in this browser for a network: steps, and the text when it was finished here. */
export function waitingIn(writes: readonly Pick<Entry, 'path' | 'body'>[], run: string) {
  const steps = new Map<string, boolean>()
  let finished: string | undefined
  const own = `/api/psycap/runs/${run}/`
  for (const { path, body } of writes) {
    if (!path.startsWith(own)) continue
    const [what, step] = path.slice(own.length).split('/')
    const read = body === '' ? {} : (JSON.parse(body) as { easier?: boolean; text?: string })
    if (what === 'steps' && step !== undefined) steps.set(step, read.easier === true)
    else if (what === 'finish') finished = read.text ?? ''
  }
  return { steps, finished }
}
