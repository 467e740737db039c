import { noteShown } from '../offline/status'
import { currentPerson } from '../session/person'
import { asProblem } from './problem'
import type { Transport } from './transport'

/** What a learner has opened once and can read again without a network. */
const KEPT = [
  /^\/api\/learning$/,
  /^\/api\/courses\/[^/]+(\/activities\/[^/]+)?$/,
  /^\/api\/psycap\/exercises(\/[^/]+)?$/,
  /^\/api\/psycap\/measures(\/[^/]+){0,3}$/,
]

/** Whoever waits longer than this for an answer is shown the kept one, when there is one. */
const PATIENCE = 6_000

const database = () => import('../offline/database')

/**
 * Asks the server and keeps its answer for this person; when it cannot be reached, or not in time, gives the answer kept
 * before. The status store hears which it was.
 */
export async function readOrKept(request: Request, ask: Transport): Promise<Response> {
  const { pathname } = new URL(request.url)
  const person = currentPerson()
  if (request.method !== 'GET' || person === undefined || !KEPT.some((one) => one.test(pathname))) {
    return ask(request)
  }
  const asked = ask(request)
  const answered = asked.then((answer) => {
    if (answer.ok) void keep(person, pathname, answer.clone())
    else if (answer.status === 403 || answer.status === 404) void drop(person, pathname)
    return answer
  })
  // Who hears of a failure is whoever waits below.
  answered.catch(() => undefined)
  const first = await inTime(answered)
  if (first !== undefined && first.status < 502) {
    noteShown(pathname, undefined)
    return first
  }
  const kept = await find(person, pathname)
  if (kept === undefined || request.signal.aborted) return answered
  noteShown(pathname, kept.at)
  return new Response(kept.text, { headers: { 'Content-Type': 'application/json' } })
}

/** The answer, or nothing when there is no network or it takes too long. */
async function inTime(answered: Promise<Response>): Promise<Response | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE)
  })
  try {
    return await Promise.race([answered, late])
  } catch (error) {
    if (asProblem(error).status === 0) return undefined
    throw error
  } finally {
    clearTimeout(timer)
  }
}

// A browser may refuse to store anything: then there is nothing to read without a network, and no other harm.

async function keep(person: string, path: string, answer: Response): Promise<void> {
  try {
    const text = await answer.text()
    const { keepAnswer } = await database()
    // Who has signed out meanwhile leaves nothing behind.
    if (currentPerson() === person) await keepAnswer(person, path, text)
  } catch {}
}

async function drop(person: string, path: string): Promise<void> {
  try {
    await (await database()).dropAnswer(person, path)
  } catch {}
}

async function find(person: string, path: string): Promise<{ text: string; at: number } | undefined> {
  try {
    return await (await database()).keptAnswer(person, path)
  } catch {
    return undefined
  }
}
