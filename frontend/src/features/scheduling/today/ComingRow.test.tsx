import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { type Asked, personWith, serve, show } from '../../../test-page'
import type { Appointment } from '../api'
import { ComingRow } from './ComingRow'

const booked: Appointment = {
  id: 'a',
  case: 'c',
  reference: 'REF222',
  start: '2026-11-24T07:00:00Z',
  end: '2026-11-24T07:45:00Z',
  state: 'booked',
  outward: 'varattu',
  mode: 'on_site',
  unit: 'unit',
  unitName: 'Terveyskeskus',
  doctor: { person: 'me', name: 'Testi Henkilö' },
  participants: [
    { person: 'me', name: 'Testi Henkilö', role: 'doctor', answer: 'accepted' },
    { person: 'co', name: 'Aino Lahti', role: 'coordinator', answer: 'declined' },
    { person: 'r', name: 'Huone 2', role: 'room', answer: 'accepted' },
  ],
  patientSystem: false,
  bookedBy: 'co',
}

async function row(
  appointment: Appointment,
  now: string,
  answer: (asked: Asked) => object = ({ path }) =>
    path.startsWith('/api/cases/') ? { status: 404, body: { code: 'not_found' } } : { body: booked },
) {
  const asked = serve(answer)
  await show(<ComingRow appointment={appointment} me="me" now={new Date(now)} />, personWith('doctor'))
  return { asked, user: userEvent.setup() }
}

test('not booked in the patient system is said until it is ticked, and the tick can be taken back', async () => {
  const { asked, user } = await row(booked, '2026-11-20T07:00:00Z')
  expect(screen.getByText('Ei varattu')).toBeTruthy()
  await user.click(screen.getByRole('checkbox', { name: 'Varattu potilastietojärjestelmään' }))
  await vi.waitFor(() =>
    expect(asked[0]).toMatchObject({ path: '/api/appointments/a/patient-system', body: { done: true } }),
  )
})

test('the tick goes back when it could not be kept, and says why', async () => {
  const { user } = await row(booked, '2026-11-20T07:00:00Z', () => ({
    status: 409,
    body: { code: 'not_now' },
  }))
  await user.click(screen.getByRole('checkbox'))
  expect((await screen.findByRole('alert')).textContent).toContain('Tätä ei voi tehdä')
  expect((screen.getByRole('checkbox') as HTMLInputElement).checked).toBe(false)
})

test('a tap opens who comes, and who can not', async () => {
  const { user } = await row(booked, '2026-11-20T07:00:00Z')
  const head = screen.getByRole('button', { expanded: false })
  expect(head.textContent).toContain('9.00–9.45')
  expect(head.textContent).toContain('REF222')
  expect(screen.queryByText('Ei pääse')).toBeNull()
  await user.click(head)
  expect(screen.getByText('Ei pääse').closest('li')?.textContent).toContain(
    'Aino Lahti, työkykykoordinaattori',
  )
  expect(screen.getByText('Huone 2, huone')).toBeTruthy()
})

test('what became of it is said with one tap, once it can be', async () => {
  await row(booked, '2026-11-24T05:59:59Z')
  expect(screen.queryByRole('button', { name: 'Saapui' })).toBeNull()
})

test('from the start on it arrived, did not, or took place', async () => {
  const { asked, user } = await row(booked, '2026-11-24T07:00:00Z')
  for (const name of ['Saapui', 'Toteutui']) expect(screen.getByRole('button', { name })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Ei saapunut' }))
  await vi.waitFor(() =>
    expect(asked[0]).toMatchObject({ path: '/api/appointments/a/mark', body: { status: 'noshow' } }),
  )
})

test('what was said can be taken back', async () => {
  const { asked, user } = await row({ ...booked, state: 'noshow' }, '2026-11-24T08:00:00Z')
  expect(screen.getByText('Ei saapunut')).toBeTruthy()
  expect(screen.queryByRole('checkbox')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Kumoa' }))
  await vi.waitFor(() => expect(asked[0]).toMatchObject({ body: { status: 'booked' } }))
})
