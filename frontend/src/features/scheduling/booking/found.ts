import type { JointTimes, Slot } from '../api'

/** Why a time is among the best, the strongest reason first. */
export type Why = 'allFree' | 'fillsReception' | 'earliest'

export function countOf(times: JointTimes): number {
  return times.days.reduce((sum, day) => sum + day.times.length, 0)
}

export function whyOf(slot: Slot, times: JointTimes): Why[] {
  const first = times.days[0]?.times[0]
  return [
    ...(isFull(slot) ? (['allFree'] as const) : []),
    ...(slot.fillsReception ? (['fillsReception'] as const) : []),
    ...(first?.start === slot.start ? (['earliest'] as const) : []),
  ]
}

/** Whether everybody comes, those too without whom it would take place. */
export function isFull(slot: Slot): boolean {
  return (slot.missing ?? []).length === 0
}

/** A time's own place in lists: two doctors may have the same time. */
export function keyOf(slot: Slot): string {
  return `${slot.start} ${slot.doctor ?? ''}`
}

/** The doctor whose time it is. */
export function doctorOf(slot: Slot, times: JointTimes): { person: string; name: string } | undefined {
  return times.doctors.find((one) => one.person === slot.doctor) ?? times.doctors[0]
}

/** The first days that together have at least so many times: a long list is shown in parts, never half a day. */
export function firstDays(times: JointTimes, atLeast: number): JointTimes['days'] {
  let sum = 0
  const end = times.days.findIndex((day) => {
    sum += day.times.length
    return sum >= atLeast
  })
  return end < 0 ? times.days : times.days.slice(0, end + 1)
}
