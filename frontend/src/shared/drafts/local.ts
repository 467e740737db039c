/**
 * What a person has typed and the server does not have yet, kept in this browser by person and subject. Emptied at
 * sign-out: the device may be shared.
 */

const PREFIX = 'luotsi:draft:'
const LATE = 'luotsi:late:'

export type Kept = {
  text: string
  rev: number
  /** Of an activity of a course: it is also sent when its page is not open. */
  learning?: boolean
  /** When it was typed (unix ms). */
  at?: number
  /** The server has it: kept only until the page's own copy of the activity is as new. */
  saved?: boolean
  /** What the text is written in place of, when it is handed in (unix ms); 0 for nothing. */
  over?: number
  /** Another device has saved another text meanwhile. */
  conflict?: boolean
}

const listeners = new Set<() => void>()

/** Calls the listener when a text has come, changed or gone. */
export function onKeptDrafts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function changed(): void {
  for (const listener of listeners) listener()
}

function name(person: string, subject: string, prefix = PREFIX): string {
  return `${prefix}${person}:${subject}`
}

/** Gives whether the browser took it. */
export function keepLocally(person: string, subject: string, kept: Kept): boolean {
  try {
    localStorage.setItem(name(person, subject), JSON.stringify(kept))
  } catch {
    // Storage full or forbidden: the draft still lives on the page and goes to the server.
    changed()
    return false
  }
  changed()
  return true
}

export function keptLocally(person: string, subject: string): Kept | undefined {
  const stored = localStorage.getItem(name(person, subject))
  if (stored === null) return undefined
  try {
    const kept: unknown = JSON.parse(stored)
    if (typeof kept !== 'object' || kept === null) return undefined
    const { text, rev } = kept as Partial<Kept>
    return typeof text === 'string' && typeof rev === 'number' ? { ...kept, text, rev } : undefined
  } catch {
    return undefined
  }
}

export function forgetLocally(person: string, subject: string): void {
  localStorage.removeItem(name(person, subject))
  changed()
}

/** Keeps answers whose attempt was over before they arrived: they are only read, until the person lets them go. */
export function keepLate(person: string, subject: string, text: string): void {
  try {
    localStorage.setItem(name(person, subject, LATE), text)
  } catch {
    // Storage full or forbidden.
  }
  changed()
}

export function forgetLate(person: string, subject: string): void {
  localStorage.removeItem(name(person, subject, LATE))
  changed()
}

/** What came too late, with its subject. */
export function lateTexts(person: string): { subject: string; text: string }[] {
  return keptSubjects(person, LATE).map((subject) => ({
    subject,
    text: localStorage.getItem(name(person, subject, LATE)) ?? '',
  }))
}

/** The same for what only this window keeps, until it is closed. */
export function keepInTab(person: string, subject: string, text: string): void {
  try {
    sessionStorage.setItem(name(person, subject), text)
  } catch {
    // Storage full or forbidden: it lives on the page alone.
  }
}

export function keptInTab(person: string, subject: string): string | undefined {
  return sessionStorage.getItem(name(person, subject)) ?? undefined
}

export function forgetInTab(person: string, subject: string): void {
  sessionStorage.removeItem(name(person, subject))
}

const open = new Set<string>()

/** A page keeps the text itself, until the function that is given back is called. */
export function draftOpen(person: string, subject: string): () => void {
  open.add(name(person, subject))
  return () => open.delete(name(person, subject))
}

/** Whether a page of this window keeps the text itself. */
export function isDraftOpen(person: string, subject: string): boolean {
  return open.has(name(person, subject))
}

/** The subjects of everything that the person has typed here. */
export function keptSubjects(person: string, prefix = PREFIX): string[] {
  const own = name(person, '', prefix)
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(own))
    .map((key) => key.slice(own.length))
}

/** Forgets the texts of everybody else that the server has too. */
export function forgetCopiesOfOthers(person: string): void {
  for (const key of Object.keys(localStorage)) {
    const [, other, subject] = new RegExp(`^${PREFIX}([^:]+):(.+)$`).exec(key) ?? []
    if (other === undefined || subject === undefined || other === person) continue
    if (keptLocally(other, subject)?.saved) localStorage.removeItem(key)
  }
}

/** Forgets the texts of one person. Those of others wait for them. */
export function forgetDraftsOf(person: string): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(name(person, '')) || key.startsWith(name(person, '', LATE))) storage.removeItem(key)
    }
  }
  changed()
}
