import { readDay } from '../../../shared/dates/dates'

const PARTS = ['all', 'morning', 'afternoon'] as const
type Part = (typeof PARTS)[number]

/** When the client can not come: on every such weekday (1 = Monday) or on one day. It says nothing of why. */
export type Never = { weekday?: number | undefined; day?: string | undefined; part: Part }

const CLOCKS: Record<Part, string> = { all: '', morning: '@00:00-12:00', afternoon: '@12:00-23:59' }
/** As many as the server reads. */
const MOST = 30

/** `2`, `2@00:00-12:00`, `2026-12-01`: see parseNever in the server's never.go. */
export function neverText(never: Never): string {
  return `${never.day ?? never.weekday}${CLOCKS[never.part]}`
}

function readOne(text: string): Never | undefined {
  const at = text.indexOf('@')
  const when = at < 0 ? text : text.slice(0, at)
  const part = PARTS.find((one) => CLOCKS[one] === (at < 0 ? '' : text.slice(at)))
  if (part === undefined) return undefined
  if (/^[1-7]$/.test(when)) return { weekday: Number(when), part }
  const day = /^\d{4}-/.test(when) ? readDay(when) : undefined
  return day === undefined ? undefined : { day, part }
}

export function readNever(text: string | undefined): Never[] {
  if (!text) return []
  const read = text.split(',').flatMap((part) => readOne(part) ?? [])
  return read.filter((one, at) => read.findIndex((other) => same(one, other)) === at).slice(0, MOST)
}

export function neversText(list: readonly Never[]): string | undefined {
  return list.length === 0 ? undefined : list.map(neverText).join(',')
}

function same(one: Never, other: Never): boolean {
  return neverText(one) === neverText(other)
}

/** Whether the client is known not to come in that half of the weekday. */
export function crossed(list: readonly Never[], weekday: number, half: 'morning' | 'afternoon'): boolean {
  return list.some((one) => one.weekday === weekday && (one.part === half || one.part === 'all'))
}

/** Turns one half of a weekday over; two halves are the whole day. */
export function toggled(list: readonly Never[], weekday: number, half: 'morning' | 'afternoon'): Never[] {
  const halves = (['morning', 'afternoon'] as const).filter(
    (one) => crossed(list, weekday, one) !== (one === half),
  )
  const rest = list.filter((one) => one.weekday !== weekday)
  const part = halves.length === 2 ? 'all' : halves[0]
  return inOrder(part === undefined ? rest : [...rest, { weekday, part }])
}

/** Adds one day, once. */
export function withDay(list: readonly Never[], day: string): Never[] {
  return list.some((one) => one.day === day) ? [...list] : inOrder([...list, { day, part: 'all' }])
}

export function without(list: readonly Never[], gone: Never): Never[] {
  return list.filter((one) => !same(one, gone))
}

/** Weekdays first, then days, each in order. */
function inOrder(list: Never[]): Never[] {
  const key = (one: Never) => `${one.day === undefined ? 0 : 1}${neverText(one)}`
  return list.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
