import { expect, test } from 'vitest'
import { personWith } from '../../test-page'
import type { Appointment } from './api'
import { byDay, coming } from './days'
import { answersFor, canAnswer, canBook, canCancel, canMove, marksNow, wouldBeLate } from './permissions'

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

test('whoever booked or carries an appointment that is asked for may take it back, and moves only what is booked', () => {
  const asked = appointment('2026-11-25T07:00:00Z', { state: 'asked', bookedBy: 'me' })
  expect(canCancel(personWith('coordinator'), asked, now)).toBe(true)
  expect(canMove(personWith('coordinator'), asked, now)).toBe(false)
  expect(canMove(personWith('coordinator'), { ...asked, state: 'booked' }, now)).toBe(true)
})

test.each([
  { start: '2026-11-25T06:00:00.000Z', late: false },
  { start: '2026-11-25T05:59:59.999Z', late: true },
])('cancelled now, $start would be late: $late', ({ start, late }) => {
  expect(wouldBeLate(appointment(start), now)).toBe(late)
  expect(wouldBeLate(appointment(start, { state: 'asked' }), now)).toBe(false)
})

test('who takes part answers for themself, a scheduler for the doctor', () => {
  const tomorrow = appointment('2026-11-25T07:00:00Z')
  const coordinator = { ...personWith('coordinator'), id: 'coordinator' }
  expect(answersFor(coordinator, tomorrow)).toBe('self')
  expect(answersFor({ ...personWith('doctor'), id: 'doctor' }, tomorrow)).toBe('doctor')
  expect(answersFor(personWith('scheduler'), tomorrow)).toBe('doctor')
  expect(answersFor(personWith('coordinator'), tomorrow)).toBeUndefined()
  expect(canAnswer(coordinator, tomorrow, now)).toBe(true)
  expect(canAnswer(coordinator, appointment('2026-11-24T06:00:00Z'), now)).toBe(false)
  expect(canAnswer({ ...personWith('doctor'), id: 'doctor' }, tomorrow, now)).toBe(false)
})

test.each([
  { start: '2026-11-24T07:00:00.001Z', want: [] },
  { start: '2026-11-24T07:00:00.000Z', want: ['arrived'] },
  { start: '2026-11-24T06:00:00.001Z', want: ['arrived'] },
  { start: '2026-11-24T06:00:00.000Z', want: ['arrived', 'noshow', 'fulfilled'] },
])('what can have become of one at $start', ({ start, want }) => {
  const coordinator = { ...personWith('coordinator'), id: 'coordinator' }
  expect(marksNow(coordinator, appointment(start), now)).toEqual(want)
  expect(marksNow(coordinator, appointment(start, { state: 'cancelled' }), now)).toEqual([])
  expect(marksNow(personWith('coordinator'), appointment(start), now)).toEqual([])
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
