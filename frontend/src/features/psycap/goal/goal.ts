import type { Reply } from '../../../shared/http/client'

export type KeptGoal = Reply<'/api/psycap/goals', 'get'>['goals'][number]
export type Goal = KeptGoal['goal']
export type SubGoal = Goal['subGoals'][number]
export type Route = SubGoal['routes'][number]
export type Obstacle = Route['obstacles'][number]

/** As many as one can still see at a glance; the server takes no more. */
export const MOST = { subGoals: 12, routes: 8, obstacles: 8, days: 12 }

/** A plan holds better with at least so many of each; nobody is stopped by them. */
const ENOUGH = { subGoals: 2, routes: 3, obstacles: 2 }

export const emptyRoute = (): Route => ({ text: '', obstacles: [] })
export const emptySubGoal = (): SubGoal => ({ text: '', routes: [emptyRoute()] })
export const emptyGoal = (): Goal => ({
  title: '',
  sign: '',
  why: '',
  subGoals: [emptySubGoal(), emptySubGoal()],
  days: [],
})

/** What could still be added, and how many of it there are. */
export type Ask = { what: 'subGoals' | 'routes' | 'obstacles' | 'plans'; count: number }

/** What the plan of a goal could still use. It is a question, never a condition. */
export function asks({ subGoals }: Goal): Ask[] {
  const named = subGoals.filter((one) => filled(one.text))
  const routes = subGoals.flatMap((one) => one.routes).filter((one) => filled(one.text))
  const obstacles = subGoals
    .flatMap((one) => one.routes)
    .flatMap((one) => one.obstacles)
    .filter((one) => filled(one.text))
  const unplanned = obstacles.filter((one) => !filled(one.plan))
  const all: Ask[] = []
  if (named.length < ENOUGH.subGoals) all.push({ what: 'subGoals', count: named.length })
  if (routes.length < ENOUGH.routes) all.push({ what: 'routes', count: routes.length })
  if (obstacles.length < ENOUGH.obstacles) all.push({ what: 'obstacles', count: obstacles.length })
  if (unplanned.length > 0) all.push({ what: 'plans', count: unplanned.length })
  return all
}

/** Whether anything was written of what a step is about: nothing is asked for of who has not begun. */
export function begun({ subGoals }: Goal, step: 'subGoals' | 'obstacles'): boolean {
  const routes = subGoals.flatMap((one) => one.routes)
  return step === 'subGoals'
    ? [...subGoals, ...routes].some(({ text }) => filled(text))
    : routes.some(({ obstacles }) => obstacles.some(({ text, plan }) => filled(text) || filled(plan)))
}

export const STEPS = ['goal', 'subGoals', 'obstacles', 'days'] as const
export type Step = (typeof STEPS)[number]

/** The step at which the writing was left, from 1: the last of which anything was written. */
export function stepLeft(goal: Goal): number {
  if (goal.days.length > 0) return 4
  if (begun(goal, 'obstacles')) return 3
  return begun(goal, 'subGoals') ? 2 : 1
}

/** Whether anything was written at all. */
export function isBegun(goal: Goal): boolean {
  return [goal.title, goal.sign, goal.why, goal.by ?? ''].some(filled) || stepLeft(goal) > 1
}

/** Whether a row stands in the plan, or only waits for words. */
export function stands(sub: SubGoal): boolean {
  return filled(sub.text) || sub.routes.some(isWritten)
}

export function isWritten(route: Route): boolean {
  return filled(route.text) || route.obstacles.length > 0
}

/** What is worth keeping and showing: rows that were left empty go. */
export function tidied(goal: Goal): Goal {
  return {
    ...goal,
    title: goal.title.trim(),
    subGoals: goal.subGoals
      .map((sub) => ({
        ...sub,
        routes: sub.routes
          .map((route) => ({
            ...route,
            obstacles: route.obstacles.filter((one) => filled(one.text) || filled(one.plan)),
          }))
          .filter((route) => filled(route.text) || route.obstacles.length > 0),
      }))
      .filter((sub) => filled(sub.text) || sub.routes.length > 0),
    days: [...new Set(goal.days)].sort(),
  }
}

/** The goal in a draft; undefined when there is none, or it is not readable. */
export function readDraft(text: string): Goal | undefined {
  if (text === '') return undefined
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && 'subGoals' in read ? (read as Goal) : undefined
  } catch {
    return undefined
  }
}

/** A list with the place of each: what is written has no other name, also while it is moved or taken away. */
export function placed<T>(list: T[]): { one: T; at: number }[] {
  return list.map((one, at) => ({ one, at }))
}

/** Puts one of a list in place of another; undefined takes it away. */
export function put<T>(list: T[], at: number, one: T | undefined): T[] {
  return one === undefined ? list.filter((_, i) => i !== at) : list.map((old, i) => (i === at ? one : old))
}

/** Moves one of a list up (-1) or down (1). */
export function moved<T>(list: T[], at: number, by: -1 | 1): T[] {
  const to = at + by
  const one = list[at]
  const other = list[to]
  if (one === undefined || other === undefined) return list
  return list.map((old, i) => (i === at ? other : i === to ? one : old))
}

function filled(text: string): boolean {
  return text.trim() !== ''
}
