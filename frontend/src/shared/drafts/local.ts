/**
 * What a person has typed and the server does not have yet, kept in this browser by person and subject. Emptied at
 * sign-out: the device may be shared.
 */

const PREFIX = 'luotsi:draft:'

export type Kept = { text: string; rev: number }

function name(person: string, subject: string): string {
  return `${PREFIX}${person}:${subject}`
}

export function keepLocally(person: string, subject: string, kept: Kept): void {
  try {
    localStorage.setItem(name(person, subject), JSON.stringify(kept))
  } catch {
    // Storage full or forbidden: the draft still lives on the page and goes to the server.
  }
}

export function keptLocally(person: string, subject: string): Kept | undefined {
  const stored = localStorage.getItem(name(person, subject))
  if (stored === null) return undefined
  try {
    const kept: unknown = JSON.parse(stored)
    if (typeof kept !== 'object' || kept === null) return undefined
    const { text, rev } = kept as Partial<Kept>
    return typeof text === 'string' && typeof rev === 'number' ? { text, rev } : undefined
  } catch {
    return undefined
  }
}

export function forgetLocally(person: string, subject: string): void {
  localStorage.removeItem(name(person, subject))
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

export function forgetAllDrafts(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX)) storage.removeItem(key)
    }
  }
}
