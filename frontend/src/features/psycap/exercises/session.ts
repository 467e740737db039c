import type { Exercise, Listed } from './api'

type One = Pick<Listed, 'id' | 'session' | 'kind'> & { done: readonly unknown[] }

/**
 * Whether all of a session is done with this exercise, which was finished just now. The goal has a tool of its own and
 * may be there without its steps; what is for every day is no session.
 */
export function endsSession({ id, session }: Pick<Exercise, 'id' | 'session'>, all: readonly One[]): boolean {
  if (session === 'daily') return false
  return all
    .filter((one) => one.session === session && one.id !== id && one.kind !== 'goal')
    .every(({ done }) => done.length > 0)
}
