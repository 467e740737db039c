import { asProblem, type Problem } from '../../../shared/http/problem'

/** How long an answer can be taken back with a tap. */
export const UNDO_MS = 10_000

export type Choice =
  | { answer: 'accepted' }
  | { answer: 'declined'; reason?: DeclineReason; proposed?: string[] }

export const DECLINE_REASONS = ['no_time', 'illness', 'wrong_door', 'other'] as const
type DeclineReason = (typeof DECLINE_REASONS)[number]

/** An answer on its way: it can be taken back while it waits; a failed one is given again. */
export type Given<About> = {
  about: About
  choice: Choice
  key: string
  state: 'waiting' | 'sending' | 'sent' | 'failed'
  /** When it leaves, in ms of the clock; while the time stands still, how much of it is left. */
  until: number
  left: number | undefined
  problem?: Problem
}

type Options<About> = {
  send: (id: string, choice: Choice, key: string) => Promise<unknown>
  /** An answer has arrived or was refused. */
  onSettled: (about: About) => void
  now?: () => number
  newKey?: () => string
}

/**
 * Answers that leave a little later than they are given, so that a wrong tap can be taken back. Several wait at once, each
 * for itself. Whoever hides or leaves the page has made up their mind: `flush` sends all of them at once.
 */
export class AnswerQueue<About extends { id: string }> {
  private given: ReadonlyMap<string, Given<About>> = new Map()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private readonly listeners = new Set<() => void>()
  private away = false
  private readonly now: () => number
  private readonly newKey: () => string

  constructor(private readonly options: Options<About>) {
    this.now = options.now ?? Date.now
    this.newKey = options.newKey ?? (() => crypto.randomUUID())
  }

  /** The answers as they are now; another map after each change. */
  readonly snapshot = (): ReadonlyMap<string, Given<About>> => this.given

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  give(about: About, choice: Choice): void {
    const before = this.given.get(about.id)
    if (before !== undefined && before.state !== 'failed') return
    // An answer that was perhaps heard is given again under its key: it can not count twice.
    const again = before?.problem?.temporary && JSON.stringify(before.choice) === JSON.stringify(choice)
    this.put({
      about,
      choice,
      key: again ? before.key : this.newKey(),
      state: 'waiting',
      until: this.now() + UNDO_MS,
      left: undefined,
    })
    this.start(about.id, UNDO_MS)
  }

  undo(id: string): void {
    if (this.given.get(id)?.state !== 'waiting') return
    this.stop(id)
    this.drop(id)
  }

  /** The time stands still while somebody is about to take the answer back. */
  hold(id: string): void {
    const one = this.given.get(id)
    if (one?.state !== 'waiting' || one.left !== undefined) return
    this.stop(id)
    this.put({ ...one, left: Math.max(0, one.until - this.now()) })
  }

  resume(id: string): void {
    const one = this.given.get(id)
    if (one?.state !== 'waiting' || one.left === undefined) return
    this.put({ ...one, until: this.now() + one.left, left: undefined })
    this.start(id, one.left)
  }

  /** Sends all that wait, now. */
  flush(): void {
    for (const [id, one] of this.given) if (one.state === 'waiting') void this.send(id)
  }

  arrive(): void {
    this.away = false
  }

  /** Sends all that wait and forgets what is done; what fails stays, to be told when the page is seen again. */
  leave(): void {
    this.away = true
    this.flush()
    for (const [id, one] of this.given) if (one.state === 'sent') this.drop(id)
  }

  forget(id: string): void {
    if (this.given.get(id)?.state === 'failed') this.drop(id)
  }

  private start(id: string, ms: number): void {
    this.timers.set(
      id,
      setTimeout(() => void this.send(id), ms),
    )
  }

  private stop(id: string): void {
    clearTimeout(this.timers.get(id))
    this.timers.delete(id)
  }

  private async send(id: string): Promise<void> {
    this.stop(id)
    const one = this.given.get(id)
    if (one === undefined) return
    this.put({ ...one, state: 'sending', left: undefined })
    try {
      await this.options.send(id, one.choice, one.key)
      if (this.away) this.drop(id)
      else this.put({ ...one, state: 'sent', left: undefined })
    } catch (error) {
      this.put({ ...one, state: 'failed', left: undefined, problem: asProblem(error) })
    }
    this.options.onSettled(one.about)
  }

  private put(one: Given<About>): void {
    this.given = new Map(this.given).set(one.about.id, one)
    this.tell()
  }

  private drop(id: string): void {
    const given = new Map(this.given)
    given.delete(id)
    this.given = given
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
