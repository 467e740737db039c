type Listener = () => void

const listeners = new Set<Listener>()

/** Calls the listener when the server says that nobody is signed in any more. */
export function onSignedOut(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function announceSignedOut(): void {
  for (const listener of listeners) listener()
}
