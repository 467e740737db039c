import createClient from 'openapi-fetch'
import type { paths } from '../../generated/api'
import { noteNetwork } from '../offline/status'
import { currentPerson } from '../session/person'
import { announceSignedOut } from './onSignedOut'
import { asProblem, problemOf } from './problem'
import { readOrKept } from './reading'
import { sawServerTime } from './serverClock'
import { makeTransport } from './transport'

// Survives a reload: the next page may be answered by another server that has not caught up yet.
const COMMIT = 'luotsi:commit'
let newestCommit = Number(sessionStorage.getItem(COMMIT)) || 0

/** Sends a request to Luotsi's server; see makeTransport. */
export const transport = makeTransport({
  send: async (request) => {
    try {
      const answer = await globalThis.fetch(request)
      noteNetwork(true)
      sawServerTime(answer.headers.get('Date'))
      return answer
    } catch (error) {
      // What the page itself does not want any more says nothing about the network.
      if (!request.signal.aborted || request.signal.reason?.name === 'TimeoutError') noteNetwork(false)
      throw error
    }
  },
  commit: {
    get: () => newestCommit,
    saw: (commit) => {
      newestCommit = Math.max(newestCommit, commit)
      sessionStorage.setItem(COMMIT, String(newestCommit))
    },
    forget: () => {
      newestCommit = 0
      sessionStorage.removeItem(COMMIT)
    },
  },
  newKey: () => crypto.randomUUID(),
  person: currentPerson,
})

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  credentials: 'same-origin',
  fetch: (request) => readOrKept(request, transport),
})
type Method = 'get' | 'post' | 'put' | 'delete'
type Succeeded<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : never

/** What the server answers to a request, by the path and the method as they stand in the OpenAPI document. */
export type Reply<Path extends keyof paths, M extends Method> = paths[Path][M] extends { responses: infer R }
  ? Succeeded<R> extends { content: { 'application/json': infer Body } }
    ? Body
    : never
  : never

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The data of an answer, or the Problem thrown; when the session has ended, the sign-in page comes up. */
export async function unwrap<T>(request: Promise<Answer<T>>): Promise<T> {
  try {
    return await unwrapQuietly(request)
  } catch (error) {
    if (asProblem(error).signedOut) announceSignedOut()
    throw error
  }
}

/** The same for requests that are also made when nobody need be signed in. */
export async function unwrapQuietly<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request
  if (!response.ok) throw problemOf(response, error)
  return data as T
}

/** The header that makes sending a write again safe. */
export function keyed(key: string): { headers: { 'Idempotency-Key': string } } {
  return { headers: { 'Idempotency-Key': key } }
}

/** Whether the server can be reached at all just now. */
export async function serverAnswers(): Promise<boolean> {
  try {
    return (await globalThis.fetch('/', { method: 'HEAD', cache: 'no-store' })).ok
  } catch {
    return false
  }
}
