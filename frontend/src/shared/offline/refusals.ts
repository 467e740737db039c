import type { Entry } from './database'

/** The refusals of answers that came after their attempt was over: what was answered here can only be read. */
const OVER = new Set(['time_over', 'attempt_over'])

export function isLate({ refused }: Pick<Entry, 'refused'>): boolean {
  return refused !== undefined && OVER.has(refused.code)
}

/** What another device had written first, out of a refusal. */
export type Rival = {
  /** What is written in its place says so with this. */
  at: number
  try?: string
  text: string
  with?: string
  by?: string
  on?: string
  went?: string
  use?: string
  privacy?: string
}

/** The refusals that show the other text. */
const RIVALS = new Set(['written_since', 'already_planned'])

/** The text that is on the server instead; undefined when a write was refused for another reason, or not at all. */
export function rivalOf({ refused }: Pick<Entry, 'refused'>): Rival | undefined {
  return refused && rivalIn(refused.code, refused.body)
}

export function rivalIn(code: string, body: unknown): Rival | undefined {
  if (!RIVALS.has(code)) return undefined
  const info = (body as { info?: Partial<Rival> } | null | undefined)?.info
  return typeof info?.at === 'number' && typeof info.text === 'string' ? (info as Rival) : undefined
}

/** What was chosen and written in a write; its main text is `text` or, of a plan, `what`. */
export type Written = Record<string, unknown> & { text: string }

export function writtenIn({ body }: Pick<Entry, 'body'>): Written {
  const read = JSON.parse(body) as Record<string, unknown>
  return { ...read, text: String(read.what ?? read.text ?? '') }
}

/** A thing that was tried stays tried: "I could not try it" does not take the place of how it went. */
export function mayStand(mine: Written, rival: Rival): boolean {
  return mine.went !== 'not_tried' || rival.went === undefined || rival.went === 'not_tried'
}

/** The request that puts this text, or a text made of both, in the place of the other one. */
export function inPlaceOf(
  entry: Pick<Entry, 'method' | 'path' | 'body'>,
  rival: Rival,
  text?: string,
): Pick<Entry, 'method' | 'path' | 'body'> {
  const read = JSON.parse(entry.body) as Record<string, unknown>
  const body: Record<string, unknown> = { ...read, over: rival.at }
  if (text !== undefined) body['what' in read ? 'what' : 'text'] = text
  if (!mayStand(writtenIn(entry), rival)) Object.assign(body, { went: rival.went, on: rival.on })
  // A second plan becomes a change of the one that is there.
  const planned = entry.method === 'POST' && entry.path.endsWith('/tries') && rival.try !== undefined
  return {
    method: planned ? 'PUT' : entry.method,
    path: planned ? `${entry.path}/${rival.try}/plan` : entry.path,
    body: JSON.stringify(body),
  }
}
