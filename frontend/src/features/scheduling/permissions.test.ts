import { expect, test } from 'vitest'
import { personWith } from '../../test-page'
import type { Appointment } from './api'
import { byDay, coming } from './days'
import { canBook, canCancel } from './permissions'

const now = new Date('2026-11-24T06:00:00Z')

function appointment(start: string, part: Partial<Appointment> = {}): Appointment {
  return {
    id: start,
    case: start,
    reference: 'Y-1',
    start,
    end: new Date(new Date(start).getTime() + 45 * 60_000).toISOString(),
    state: 'booked',
    outward: 'varattu',
    patientSystem: false,
    bookedBy: 'coordinator',
    mode: 'on_site',
    unit: 'unit',
    unitName: 'Terveyskeskus',
    doctor: { person: 'doctor', name: 'Lääkäri' },
    participants: [
      { person: 'coordinator', name: 'Koordinaattori', role: 'coordinator', answer: 'accepted' },
    ],
    ...part,
  }
}

test('only coordinators book', () => {
  expect(canBook(personWith('coordinator'))).toBe(true)
  expect(
    canBook(personWith('doctor', 'professional', 'scheduler', 'trainer', 'manager', 'admin', 'trainee')),
  ).toBe(false)
})

test('whoever takes part may cancel, until it begins', () => {
  const tomorrow = appointment('2026-11-25T07:00:00Z')
  expect(canCancel({ ...personWith('coordinator'), id: 'coordinator' }, tomorrow, now)).toBe(true)
  expect(canCancel({ ...personWith('doctor'), id: 'doctor' }, tomorrow, now)).toBe(true)
  expect(canCancel(personWith('coordinator'), tomorrow, now)).toBe(false)
  expect(canCancel({ ...personWith('doctor'), id: 'doctor' }, appointment('2026-11-24T05:59:00Z'), now)).toBe(
    false,
  )
  const cancelled = appointment('2026-11-25T07:00:00Z', { state: 'cancelled' })
  expect(canCancel({ ...personWith('doctor'), id: 'doctor' }, cancelled, now)).toBe(false)
})

test('a scheduler may cancel in their own unit only', () => {
  expect(canCancel(personWith('scheduler'), appointment('2026-11-25T07:00:00Z'), now)).toBe(true)
  const elsewhere = appointment('2026-11-25T07:00:00Z', { unit: 'another' })
  expect(canCancel(personWith('scheduler'), elsewhere, now)).toBe(false)
})

test('coming are those that stand and are not over', () => {
  const all = [
    appointment('2026-11-24T05:00:00Z'),
    appointment('2026-11-24T05:45:00Z'),
    appointment('2026-11-25T07:00:00Z', { state: 'cancelled' }),
    appointment('2026-11-26T07:00:00Z'),
  ]
  expect(coming(all, now).map((one) => one.id)).toEqual(['2026-11-24T05:45:00Z', '2026-11-26T07:00:00Z'])
})

test('days are Finnish days, in order', () => {
  const days = byDay([
    appointment('2026-11-25T22:30:00Z'),
    appointment('2026-11-25T07:00:00Z'),
    appointment('2026-11-25T06:00:00Z'),
  ])
  expect(days.map(({ day, appointments }) => [day, appointments.length])).toEqual([
    ['2026-11-25', 2],
    ['2026-11-26', 1],
  ])
})
