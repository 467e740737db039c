/** Whose page this is. Everything that is kept in the browser, and every request, is in the name of this person. */

const KEPT = 'luotsi:me'

let person: string | undefined
const listeners = new Set<(person: string | undefined) => void>()

export function currentPerson(): string | undefined {
  return person
}

export function setPerson(next: string | undefined): void {
  if (next === person) return
  person = next
  for (const listener of listeners) listener(next)
}

/** Calls the listener at once and whenever the page becomes somebody else's. */
export function onPerson(listener: (person: string | undefined) => void): () => void {
  listeners.add(listener)
  listener(person)
  return () => listeners.delete(listener)
}

/** Remembers who is signed in, so that a page opened without a network knows whose it is. */
export function keepMe(me: { id: string }): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(me))
  } catch {
    // Storage full or forbidden: without a network one has to wait for it.
  }
}

export function keptMe(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export function forgetMe(): void {
  localStorage.removeItem(KEPT)
}
