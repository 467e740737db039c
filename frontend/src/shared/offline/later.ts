import { transport } from '../http/client'
import { Problem } from '../http/problem'
import { currentPerson } from '../session/person'
import type { About } from './database'
import { noteStores } from './status'

/**
 * The fetch of a write that can be made without a network: it is stored in this browser, in the person's name, and sent
 * in its turn. The request fails with keptProblem when it has to wait.
 */
export function later(about: About): (request: Request) => Promise<Response> {
  return async (request) => {
    const person = currentPerson()
    if (person === undefined) return transport(request)
    const { method, url } = request
    const body = await request.clone().text()
    const key = request.headers.get('Idempotency-Key') ?? crypto.randomUUID()
    const queue = await openQueue(person)
    try {
      if (queue) return await queue.write({ key, method, path: new URL(url).pathname, body, about })
    } catch (error) {
      if (error instanceof Problem) throw error
    }
    // The browser does not store it: it is sent as ever, and the page must stay open until it has arrived.
    noteStores(false)
    return transport(request)
  }
}

/** A browser that refuses to store anything, or has not this part of the program, sends as ever. */
async function openQueue(person: string) {
  try {
    const { openOutbox } = await import('./outbox')
    const queue = openOutbox(person)
    await queue.changed()
    return queue
  } catch {
    return undefined
  }
}
