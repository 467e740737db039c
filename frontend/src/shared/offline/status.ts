import { useSyncExternalStore } from 'react'
import type { Entry } from './database'

/** A text that was typed and is not on the server; two when another device has saved another one meanwhile; late when what it belongs to was over first. */
export type UnsentDraft = {
  course: string
  activity: string
  text: string
  conflict: boolean
  late?: boolean
}

export type OfflineStatus = {
  /** The last request found no server. */
  away: boolean
  /** This browser refused to store something: what is typed lives on the page alone until it has arrived. */
  unstored: boolean
  /** Writes that wait, or were refused, oldest first; without those that a page is just sending. */
  writes: readonly Entry[]
  drafts: readonly UnsentDraft[]
  /** Since when the shown answers are, by their address; those that came from the server just now are not here. */
  shown: Readonly<Record<string, number>>
}

const NOTHING: OfflineStatus = { away: false, unstored: false, writes: [], drafts: [], shown: {} }

let status = NOTHING
const listeners = new Set<() => void>()

function change(changed: Partial<OfflineStatus>): void {
  status = { ...status, ...changed }
  for (const listener of listeners) listener()
}

const readStatus = (): OfflineStatus => status

function onStatus(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is not on the server yet, and whether there is a network. */
export function useOffline(): OfflineStatus {
  return useSyncExternalStore(onStatus, readStatus)
}

export function noteNetwork(there: boolean): void {
  if (status.away === there) change({ away: !there })
}

export function noteStores(there: boolean): void {
  if (status.unstored === there) change({ unstored: !there })
}

export function noteUnsent(unsent: Pick<OfflineStatus, 'writes' | 'drafts'>): void {
  change(unsent)
}

/** An answer is shown that was kept at a time, or that came just now. */
export function noteShown(path: string, at: number | undefined): void {
  if (status.shown[path] === at) return
  const { [path]: _, ...others } = status.shown
  change({ shown: at === undefined ? others : { ...others, [path]: at } })
}

const arrived = new Set<(entry: Entry) => Promise<unknown>>()

/** Calls the listener when the server has taken a write that had to wait; what it changes is then read anew. */
export function onArrived(listener: (entry: Entry) => Promise<unknown>): () => void {
  arrived.add(listener)
  return () => arrived.delete(listener)
}

export async function noteArrived(entry: Entry): Promise<void> {
  await Promise.all([...arrived].map((listener) => listener(entry)))
}

/** Nobody's page any more. */
export function forgetStatus(): void {
  change({ writes: [], drafts: [], shown: {} })
}

/** The writes about an activity, or about all of a course. */
export function writesAbout(all: readonly Entry[], course: string, activity?: string): Entry[] {
  return all.filter(
    ({ about }) => about.course === course && (activity === undefined || about.activity === activity),
  )
}
