import { asProblem, type Problem } from '../http/problem'
import { forgetLocally, type Kept, keepLate, keepLocally, keptLocally } from './local'

/** A draft as the server has it; rev 0 means that there is none yet. */
export type Saved = { text: string; rev: number }

type DraftStatus =
  | { kind: 'saved' }
  /** Typed, and not yet sent. */
  | { kind: 'pending' }
  | { kind: 'saving' }
  /** The server or the network is away; the text is kept in this browser and sent again by itself. */
  | { kind: 'waiting'; unstored?: boolean }
  /** Someone (the same person on another device) saved another text meanwhile. */
  | { kind: 'conflict'; theirs: Saved }
  | { kind: 'refused'; problem: Problem }

export type DraftState = { text: string; status: DraftStatus }

type Options = {
  person: string
  subject: string
  saved: Saved
  save: (draft: Saved) => Promise<{ rev: number }>
  /** The text that the server has instead, out of a refused save; undefined when it was refused for another reason. */
  otherText: (problem: Problem) => Saved | undefined
  /** Of an activity of a course, which is also read from a kept copy, and sent when its page is not open. */
  learning?: boolean
  /** When the text was written that this one will be handed in over, as the page shows it (unix ms); 0 for none. */
  over?: number
}

const PAUSE = 1_000
const LONGEST = 5_000
const FIRST_RETRY = 3_000
const LAST_RETRY = 30_000

/**
 * Keeps one text safe while it is typed: at once in this browser, a second after a pause (at most five seconds after
 * the first key) on the server. One save at a time, each from the revision that the last one gave.
 */
export class DraftKeeper {
  private state: DraftState
  private rev: number
  private stored: string
  private timer: ReturnType<typeof setTimeout> | undefined
  private firstChange: number | undefined
  private retries = 0
  private sending: Promise<void> | undefined
  private closed = true
  private held = false
  private handedIn = false
  /** The browser does not take the text: it is on the page alone. */
  private unstored = false
  /** What the person had before them when they began: also when the page is opened again, or read anew below them. */
  private seen: number | undefined
  private readonly listeners = new Set<() => void>()

  constructor(private readonly options: Options) {
    const { saved } = options
    this.rev = saved.rev
    this.stored = saved.text
    this.state = { text: saved.text, status: { kind: 'saved' } }
    this.seen = options.over
    const local = keptLocally(options.person, options.subject)
    if (local === undefined || local.text === saved.text) {
      forgetLocally(options.person, options.subject)
      return
    }
    if (local.saved) {
      if (local.rev <= saved.rev) {
        forgetLocally(options.person, options.subject)
        return
      }
      this.seen = local.over ?? options.over
      // What the page was given is a copy of before: this text has come to the server since.
      this.rev = local.rev
      this.stored = local.text
      this.state = { text: local.text, status: { kind: 'saved' } }
      return
    }
    this.seen = local.over ?? options.over
    // Typed here and never arrived. If the server's text has moved on meanwhile, the person chooses.
    if (local.rev >= saved.rev) {
      this.rev = local.rev
      this.state = { text: local.text, status: { kind: 'pending' } }
    } else {
      this.state = { text: local.text, status: { kind: 'conflict', theirs: saved } }
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly read = (): DraftState => this.state

  get over(): number | undefined {
    return this.seen
  }

  /** The page is shown: from now on things are sent. */
  open(): void {
    if (this.handedIn) return
    this.closed = false
    if (this.state.status.kind === 'pending' || this.state.status.kind === 'waiting') this.schedule(PAUSE)
  }

  type(text: string): void {
    if (text === this.state.text) return
    const { status } = this.state
    this.keep({ text, rev: this.rev })
    if (status.kind === 'conflict') {
      this.set({ text, status })
      return
    }
    this.set({ text, status: status.kind === 'waiting' ? status : { kind: 'pending' } })
    if (status.kind === 'waiting') return
    const now = Date.now()
    this.firstChange ??= now
    this.schedule(Math.max(0, Math.min(PAUSE, this.firstChange + LONGEST - now)))
  }

  /** Sends what is not yet on the server and waits for it; used when the page is put away. */
  async flush(): Promise<void> {
    if (this.held) return
    clearTimeout(this.timer)
    await this.sending
    if (this.state.status.kind !== 'conflict' && this.state.text !== this.stored) await this.send()
  }

  /**
   * Used before handing in: nothing more is saved, and what is on its way arrives first. A save that came after would
   * make a draft again of what was handed in.
   */
  async hold(): Promise<void> {
    this.held = true
    clearTimeout(this.timer)
    await this.sending
  }

  /** Handing in came to nothing: the text is a draft as before. */
  release(): void {
    this.held = false
    if (this.state.status.kind === 'pending' || this.state.status.kind === 'waiting') this.schedule(PAUSE)
  }

  keepMine(): void {
    if (this.state.status.kind !== 'conflict') return
    const { theirs } = this.state.status
    this.rev = theirs.rev
    this.stored = theirs.text
    this.keep({ text: this.state.text, rev: this.rev })
    this.set({ text: this.state.text, status: { kind: 'pending' } })
    this.schedule(0)
  }

  takeTheirs(): void {
    if (this.state.status.kind !== 'conflict') return
    const { theirs } = this.state.status
    this.rev = theirs.rev
    this.stored = theirs.text
    forgetLocally(this.options.person, this.options.subject)
    this.set({ text: theirs.text, status: { kind: 'saved' } })
  }

  /** The text was handed in: there is no draft any more, here or on the server. */
  submitted(): void {
    clearTimeout(this.timer)
    this.handedIn = true
    this.closed = true
    forgetLocally(this.options.person, this.options.subject)
  }

  /** What the text belongs to is over: what has not arrived is kept to be read, and not sent any more. */
  tooLate(): void {
    const { person, subject } = this.options
    const { text } = this.state
    this.submitted()
    if (text !== this.stored) keepLate(person, subject, text)
  }

  /**
   * The page is left: what is not sent yet goes out now, and stays in this browser if it cannot. What is being handed
   * in is not saved beside that.
   */
  close(): void {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.timer)
    if (this.held) return
    if (this.state.status.kind === 'pending' || this.state.status.kind === 'waiting') void this.send()
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer)
    if (!this.held) this.timer = setTimeout(() => void this.send(), delay)
  }

  private send(): Promise<void> {
    this.sending = (this.sending ?? Promise.resolve()).then(() => this.sendNow())
    return this.sending
  }

  private async sendNow(): Promise<void> {
    const { text, status } = this.state
    this.firstChange = undefined
    if (this.handedIn || status.kind === 'conflict') return
    if (text === this.stored) {
      // Typed and taken back again.
      if (status.kind !== 'saved') this.arrived(text, this.rev)
      return
    }
    if (this.retries === 0) this.set({ text, status: { kind: 'saving' } })
    try {
      const { rev } = await this.options.save({ text, rev: this.rev })
      this.arrived(text, rev)
    } catch (error) {
      this.failed(asProblem(error))
    }
  }

  private arrived(text: string, rev: number): void {
    this.retries = 0
    this.rev = rev
    this.stored = text
    const current = this.state.text
    // Emptied meanwhile: its person has signed out, and nothing of them comes back.
    const emptied = !this.unstored && keptLocally(this.options.person, this.options.subject) === undefined
    if (current === text) {
      if (!this.options.learning) forgetLocally(this.options.person, this.options.subject)
      else if (!emptied) this.keep({ text, rev, saved: true })
      this.set({ text, status: { kind: 'saved' } })
      return
    }
    if (!emptied) this.keep({ text: current, rev })
    this.set({ text: current, status: { kind: 'pending' } })
    if (!this.closed) this.schedule(PAUSE)
  }

  private failed(problem: Problem): void {
    const { text } = this.state
    const theirs = this.options.otherText(problem)
    if (theirs !== undefined) {
      this.retries = 0
      if (theirs.text === text) {
        this.arrived(text, theirs.rev)
        return
      }
      this.set({ text, status: { kind: 'conflict', theirs } })
      return
    }
    if (!problem.temporary) {
      this.retries = 0
      this.set({ text, status: { kind: 'refused', problem } })
      return
    }
    const wait = Math.min(LAST_RETRY, (problem.retryAfter ?? 0) * 1_000 || FIRST_RETRY * 2 ** this.retries)
    this.retries += 1
    this.set({ text, status: { kind: 'waiting', unstored: this.unstored } })
    if (!this.closed) this.schedule(wait)
  }

  private keep(kept: Kept): void {
    const { person, subject, learning } = this.options
    const own = learning ? { ...kept, learning, at: Date.now() } : kept
    this.unstored = !keepLocally(person, subject, {
      ...own,
      ...(this.seen !== undefined && { over: this.seen }),
    })
  }

  private set(state: DraftState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
