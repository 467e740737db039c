import { api } from '../http/client'
import { type Problem, problemOf } from '../http/problem'

/**
 * Where a person has got to in each course and the server does not know yet: the newest alone, with its time, so that
 * it never takes the place of a later one from another device. Kept at once, for a page may end any moment.
 */

const PREFIX = 'luotsi:place:'

export type KeptPlace = { activity: string; position: number; second?: number; at: number }

function name(person: string, course: string): string {
  return `${PREFIX}${person}:${course}`
}

export function keepPlace(person: string, course: string, place: KeptPlace): void {
  try {
    localStorage.setItem(name(person, course), JSON.stringify(place))
  } catch {
    // Storage full or forbidden: the place is lost when there is no network, and nothing else.
  }
}

export function keptPlace(person: string, course: string): KeptPlace | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(name(person, course)) ?? 'null') as KeptPlace | null
    return typeof kept?.activity === 'string' && typeof kept.at === 'number' ? kept : undefined
  } catch {
    return undefined
  }
}

/** The server has the place of that time; a newer one stays. */
function placeArrived(person: string, course: string, at: number): void {
  if ((keptPlace(person, course)?.at ?? 0) <= at) localStorage.removeItem(name(person, course))
}

/** The courses in which the server does not know the place. */
function coursesWithPlace(person: string): string[] {
  const own = name(person, '')
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(own))
    .map((key) => key.slice(own.length))
}

/** Forgets the places of everybody, or of everybody else: where somebody was is no unsent work. */
export function forgetPlaces(but?: string): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && (but === undefined || !key.startsWith(name(but, '')))) {
      localStorage.removeItem(key)
    }
  }
}

/**
 * Tells the server a place, and gives why it does not take it: a course may have been published without that activity.
 * Fails when it has to be told again later.
 */
export async function sendPlace(
  person: string,
  course: string,
  place: KeptPlace,
): Promise<Problem | undefined> {
  const { error, response } = await api.PUT('/api/courses/{course}/place', {
    params: { path: { course } },
    body: place,
    keepalive: true,
  })
  const problem = response.ok ? undefined : problemOf(response, error)
  if (problem !== undefined && (problem.temporary || problem.signedOut || problem.status === 429))
    throw problem
  placeArrived(person, course, place.at)
  return problem
}

/** Sends the places that did not arrive. */
export async function sendPlaces(person: string): Promise<void> {
  for (const course of coursesWithPlace(person)) {
    const place = keptPlace(person, course)
    if (place !== undefined) await sendPlace(person, course, place)
  }
}
