import { keptProblem } from '../http/problem'
import {
  type About,
  addWrite,
  changeWrite,
  dropWrite,
  type Entry,
  makeRoom,
  type Refusal,
  writesOf,
} from './database'
import { isLate, rivalIn } from './refusals'

export type NewWrite = Pick<Entry, 'key' | 'method' | 'path' | 'body' | 'about'>

export type QueueOptions = {
  person: string
  /** Sends a write; fails when there is no network. */
  send: (request: Request) => Promise<Response>
  /** What is in the queue has changed. */
  onChanged: (writes: Entry[]) => void
  /** The server has taken a write for which this page does not wait any more; what it changed is read anew before it leaves the list. */
  onArrived: (entry: Entry) => Promise<unknown>
  /** Another page of this browser has had an answer: there is a network. */
  onReached: () => void
  /** Sends what else waits when all writes are sent; fails when there is no network. */
  afterwards: () => Promise<void>
  /** Nobody, or somebody else, is signed in: the writes wait for their person. */
  onSignedOut: () => void
}

/** How long a page waits before it goes on without the answer. */
const PATIENCE = 8_000
/** When a request without an answer is given up and sent again later. */
const LONGEST = 30_000
const FIRST_RETRY = 2_000
const LAST_RETRY = 60_000
/** The server remembers keys for 30 days: a write sent before that might be done twice. */
const KEYS_KNOWN = 29 * 24 * 3_600_000

/** What a page says again by itself when it is opened: a refusal loses nothing, and nobody has to decide. */
const REPEATED = new Set<About['kind']>(['viewed', 'read'])

const GIVEN_UP_ANSWERS = new Set([502, 503, 504])

type Told = { type: 'changed' } | { type: 'answer'; entry: Entry; status: number; body: string }

/**
 * Keeps the writes of one person in this browser and sends them in the order in which they were made, each under its
 * own key, so that the server does each once however often it is sent. A write is stored before it is sent: a page
 * that ends in between loses nothing. Pages of one browser take turns.
 *
 * A refused write stays until the person decides, and holds back later ones about the same activity, unless it came too late
 * for anything; others go on. When
 * the page that made it is there, it hears of it and nothing stays, but for one that another device came before.
 */
export class Queue {
  private readonly waiters = new Map<string, (answer: Response | undefined) => void>()
  private readonly channel: BroadcastChannel
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private running: Promise<void> | undefined
  private again = false
  private closed = false

  constructor(private readonly options: QueueOptions) {
    this.channel = new BroadcastChannel(`luotsi:queue:${options.person}`)
    this.channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.type === 'answer') void this.answered(data)
      else void this.changed()
    }
  }

  /**
   * Stores the write and sends it; fails with keptProblem when it has to wait for a network, and with another error when
   * it can not be stored.
   */
  async write(write: NewWrite): Promise<Response> {
    const entry = await this.store({ ...write, at: Date.now() })
    if (this.waiters.has(entry.key)) throw keptProblem()
    const answer = new Promise<Response | undefined>((resolve) => this.waiters.set(entry.key, resolve))
    const patience = setTimeout(() => this.tell(entry.key, undefined), PATIENCE)
    void this.run()
    const got = await answer
    clearTimeout(patience)
    if (got !== undefined) return got
    await this.changed()
    throw keptProblem()
  }

  private async store(entry: Omit<Entry, 'id'>): Promise<Entry> {
    const { person } = this.options
    try {
      return await addWrite(person, entry)
    } catch {
      // The browser has no more room for it.
      await makeRoom(person)
      return addWrite(person, entry)
    }
  }

  /** Sends what waits, now. */
  run(): Promise<void> {
    if (this.closed) return Promise.resolve()
    if (this.running) {
      this.again = true
      return this.running
    }
    clearTimeout(this.timer)
    this.running = this.inTurn(() => this.sendAll()).finally(() => {
      this.running = undefined
      if (!this.again) return
      this.again = false
      void this.run()
    })
    return this.running
  }

  /** The network may be back: sends what waits, and when it is not quite there, tries again soon and not after the long waits of before. */
  hurry(): Promise<void> {
    this.failures = 0
    return this.run()
  }

  /** Sends a refused write once more, perhaps as another request. */
  async retry(id: number, change?: Pick<Entry, 'method' | 'path' | 'body'>): Promise<void> {
    // As a new wish: the old one has been answered, and the server would only repeat its answer.
    await changeWrite(this.options.person, id, {
      refused: undefined,
      tried: undefined,
      key: crypto.randomUUID(),
      ...change,
    })
    await this.changed(true)
    await this.run()
  }

  async discard(id: number): Promise<void> {
    await dropWrite(this.options.person, id)
    await this.changed(true)
    await this.run()
  }

  /** Reads the queue anew and tells what is in it. */
  async changed(others = false): Promise<Entry[]> {
    if (this.closed) return []
    const writes = await writesOf(this.options.person)
    if (!this.closed) this.options.onChanged(writes.filter((entry) => !this.waiters.has(entry.key)))
    if (others) this.announce({ type: 'changed' })
    return writes
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.channel.close()
    for (const key of [...this.waiters.keys()]) this.tell(key, undefined)
  }

  /** One page at a time; whoever comes later finds sent what was sent. */
  private async inTurn(act: () => Promise<void>): Promise<void> {
    const name = `luotsi:send:${this.options.person}`
    if (navigator.locks === undefined) await act()
    else await navigator.locks.request(name, act)
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      const next = firstToSend(await writesOf(this.options.person))
      if (next === undefined || this.closed) break
      if (!(await this.sendOne(next))) return
    }
    if (this.closed) return
    try {
      await this.options.afterwards()
      this.failures = 0
    } catch {
      this.later()
    }
  }

  /** Says whether the queue can go on to the next. */
  private async sendOne(entry: Entry): Promise<boolean> {
    const { person, send } = this.options
    const { id, key } = entry
    const tried = entry.tried ?? Date.now()
    if (Date.now() - tried > KEYS_KNOWN) {
      await this.refuse(entry, { status: 0, code: 'too_old', body: undefined })
      return true
    }
    if (entry.tried === undefined) await changeWrite(person, id, { tried })
    let answer: Response
    let body: string
    try {
      answer = await send(requestOf(entry, person))
      body = await answer.text()
    } catch {
      return this.later()
    }
    if (GIVEN_UP_ANSWERS.has(answer.status) || answer.status === 429) {
      return this.later(Number(answer.headers.get('Retry-After')) * 1_000 || undefined)
    }
    const told: Told = { type: 'answer', entry, status: answer.status, body }
    if (answer.status === 401) {
      // It waits for its person to come back, and so it does for the page that made it.
      this.tell(key, undefined)
      await this.changed()
      this.options.onSignedOut()
      return false
    }
    if (!answer.ok) {
      const code = codeOf(body)
      if (rivalIn(code, parsed(body)) !== undefined) {
        // It stays with both texts, also when its page is here: the choice is the same everywhere.
        await this.refuse(entry, { status: answer.status, code, body: parsed(body) })
        this.tell(key, undefined)
        return true
      }
      const waited = this.waiters.has(key)
      if (waited || REPEATED.has(entry.about.kind)) await dropWrite(person, id)
      else await this.refuse(entry, { status: answer.status, code, body: parsed(body) })
      this.deliver(told)
      this.announce(told)
      return true
    }
    const waited = this.waiters.has(key)
    await dropWrite(person, id)
    this.deliver(told)
    this.announce(told)
    if (!waited) await this.options.onArrived(entry).catch(() => undefined)
    await this.changed()
    return true
  }

  private async refuse(entry: Entry, refused: Refusal): Promise<void> {
    await changeWrite(this.options.person, entry.id, { refused })
    await this.changed(true)
  }

  /** No server: everybody who waits goes on without, and the queue tries again after a while. */
  private later(after?: number): false {
    const wait = after ?? Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.failures)
    this.failures += 1
    if (!this.closed) this.timer = setTimeout(() => void this.run(), wait)
    for (const key of [...this.waiters.keys()]) this.tell(key, undefined)
    void this.changed(true)
    return false
  }

  private deliver(told: Extract<Told, { type: 'answer' }>): void {
    const { entry, status, body } = told
    this.tell(
      entry.key,
      new Response(body === '' ? null : body, { status, headers: { 'Content-Type': 'application/json' } }),
    )
  }

  /** Another page of this browser has sent something. */
  private async answered(told: Extract<Told, { type: 'answer' }>): Promise<void> {
    this.options.onReached()
    if (this.waiters.has(told.entry.key)) {
      // Told as refused where nobody waited; the page that made it is here, and shows it itself.
      const mine = (await writesOf(this.options.person)).find((entry) => entry.key === told.entry.key)
      if (mine?.refused) await dropWrite(this.options.person, mine.id)
      this.deliver(told)
    } else if (told.status < 300) {
      await this.options.onArrived(told.entry).catch(() => undefined)
    }
    await this.changed()
  }

  /** Tells the other pages of this browser. A page that was closed while it sent has nobody to tell: they find it out in their turn. */
  private announce(told: Told): void {
    if (!this.closed) this.channel.postMessage(told)
  }

  private tell(key: string, answer: Response | undefined): void {
    const waiter = this.waiters.get(key)
    this.waiters.delete(key)
    waiter?.(answer)
  }
}

/**
 * The oldest that waits and has nothing refused about the same activity before it that the person could still send. What
 * came too late holds nothing back: it can only be read.
 */
function firstToSend(writes: readonly Entry[]): Entry | undefined {
  const held = new Set<string>()
  for (const entry of writes) {
    const subject = `${entry.about.course}/${entry.about.activity}`
    if (entry.refused) {
      if (!isLate(entry)) held.add(subject)
    } else if (!held.has(subject)) return entry
  }
  return undefined
}

function requestOf({ method, path, body, key }: Entry, person: string): Request {
  return new Request(new URL(path, globalThis.location.origin), {
    method,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(LONGEST),
    headers: {
      'Idempotency-Key': key,
      'Luotsi-Person': person,
      ...(body !== '' && { 'Content-Type': 'application/json' }),
    },
    ...(body !== '' && { body }),
  })
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function codeOf(body: string): string {
  const given = parsed(body)
  const code = typeof given === 'object' && given !== null && 'code' in given ? given.code : undefined
  return typeof code === 'string' ? code : 'refused'
}
