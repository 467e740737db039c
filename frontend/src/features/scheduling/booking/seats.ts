/** One place at the meeting: for any of these people or things; the text form is the one the server reads. */
export type Seat = {
  /** Said where nobody named tells it: somebody ordered from outside. */
  role?: SeatRole | undefined
  any: readonly string[]
  /** When none of them can, somebody is ordered from outside. */
  outside: boolean
  /** The meeting takes place without, too. */
  optional: boolean
}

const SEAT_ROLES = ['interpreter', 'professional', 'room'] as const
type SeatRole = (typeof SEAT_ROLES)[number]

const OUTSIDE = 'outside'
const ID = /^[A-Za-z0-9_-]{1,64}$/

/** `a`, `a|b?`, `interpreter:a|outside`: see parseSeat in the server's views.go. */
export function seatText(seat: Seat): string {
  const any = [...seat.any, ...(seat.outside ? [OUTSIDE] : [])].join('|')
  return `${seat.role ? `${seat.role}:` : ''}${any}${seat.optional ? '?' : ''}`
}

/** Whether both are for the same, however much they are wanted. */
export function isSame(one: Seat, other: Seat): boolean {
  return seatText({ ...one, optional: false }) === seatText({ ...other, optional: false })
}

function readSeat(text: string): Seat | undefined {
  const optional = text.endsWith('?')
  const parts = (optional ? text.slice(0, -1) : text).split(':')
  const role = parts.length === 2 ? SEAT_ROLES.find((one) => one === parts[0]) : undefined
  if (parts.length > 2 || (parts.length === 2 && role === undefined)) return undefined
  const names = (parts.at(-1) ?? '').split('|')
  const outside = names.includes(OUTSIDE)
  const any = names.filter((name) => name !== OUTSIDE)
  if (!any.every((name) => ID.test(name)) || any.length + Number(outside) === 0) return undefined
  if (outside && role === undefined) return undefined
  return { ...(role && { role }), any, outside, optional }
}

/** The seats of an address; what is no seat is left out. */
export function readSeats(text: string | undefined): Seat[] {
  if (!text) return []
  return text.split(',').flatMap((part) => readSeat(part) ?? [])
}

export function seatsText(seats: readonly Seat[]): string | undefined {
  return seats.length === 0 ? undefined : seats.map(seatText).join(',')
}
