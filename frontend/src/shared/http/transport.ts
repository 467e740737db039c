import { networkProblem } from './problem'

const RENEW = '/api/session/renew'
// Asks who it is.
const WHO = '/api/me'
// The server waits 2 s itself before it says that it is behind.
const MOST_BEHIND = 3

export type Transport = (request: Request) => Promise<Response>

export type TransportOptions = {
  send: (request: Request) => Promise<Response>
  /** The request must be answered by a state that has at least this commit. */
  commit: { get: () => number; saw: (commit: number) => void; forget: () => void }
  newKey: () => string
  /** Whose page this is, when somebody is signed in. */
  person: () => string | undefined
}

/**
 * Sends requests the way Luotsi's server expects them: writes carry a key (so that sending again is safe) and the
 * header that other sites cannot set; every request names the newest commit that this page has made, so that the page
 * always sees its own writes, and whose page it is, for somebody else may have signed in since; an expired token is renewed once, for all requests that wait for it.
 */
export function makeTransport({ send, commit, newKey, person }: TransportOptions): Transport {
  let renewing: Promise<boolean> | undefined

  function renew(): Promise<boolean> {
    renewing ??= once(new Request(absolute(RENEW), { method: 'POST', credentials: 'same-origin' }))
      .then((answer) => answer.ok)
      .catch(() => false)
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }

  async function once(request: Request): Promise<Response> {
    const writes = request.method !== 'GET' && request.method !== 'HEAD'
    if (writes) {
      request.headers.set('Luotsi-Request', '1')
      if (!request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
    }
    const whose = person()
    if (whose !== undefined && !request.headers.has('Luotsi-Person') && !request.url.endsWith(WHO)) {
      request.headers.set('Luotsi-Person', whose)
    }
    const newest = commit.get()
    if (newest > 0) request.headers.set('Luotsi-Commit', String(newest))

    let answer: Response
    try {
      answer = await send(request)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw networkProblem()
    }
    if (writes) {
      const made = Number(answer.headers.get('Luotsi-Commit'))
      if (Number.isSafeInteger(made) && made > 0) commit.saw(made)
    }
    return answer
  }

  /**
   * A server that stays behind has not lost its way but its past: it was set up anew, or read a backup back. Without
   * forgetting what was seen before, this page would wait for it until it is closed.
   */
  async function caughtUp(request: Request): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const answer = await once(request.clone())
      if (commit.get() === 0 || answer.status !== 503 || (await codeOf(answer)) !== 'behind') return answer
      if (tries === MOST_BEHIND) commit.forget()
    }
  }

  return async (request) => {
    // The key must be the same both times, so it is set before the copy is made.
    if (request.method !== 'GET' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', newKey())
    }
    const answer = await caughtUp(request)
    if (answer.status !== 401 || (await codeOf(answer)) !== 'token_expired') return answer
    return (await renew()) ? once(request) : answer
  }
}

async function codeOf(answer: Response): Promise<unknown> {
  try {
    const body: unknown = await answer.clone().json()
    return typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : undefined
  } catch {
    return undefined
  }
}

function absolute(path: string): string {
  return new URL(path, globalThis.location.origin).toString()
}
