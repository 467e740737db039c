import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { personWith, serve, show } from '../../test-page'
import type { Doctor, Slot, TimesWish } from './api'
import { BookDialog } from './BookDialog'

const slot = { start: '2026-11-24T07:00:00Z', end: '2026-11-24T07:45:00Z' }
const next = ['2026-11-24T08:00:00Z', '2026-11-26T07:00:00Z', '2026-12-01T07:00:00Z'].map((start) => ({
  start,
  end: new Date(new Date(start).getTime() + 45 * 60_000).toISOString().replace('.000', ''),
}))
const doctor: Doctor = { person: 'd', name: 'Mikael Salo', unit: 'u', unitName: 'Terveyskeskus', rules: 1 }
const wish: TimesWish = {
  doctor: 'd',
  unit: 'u',
  minutes: 45,
  from: '2026-11-24',
  to: '2026-12-22',
  with: [],
}

function Booking({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState<Slot>(slot)
  return <BookDialog slot={chosen} wish={wish} doctor={doctor} onChoose={setChosen} onClose={onClose} />
}

test('a time is booked with the way to meet, and the appointment opens', async () => {
  const asked = serve(() => ({ status: 201, body: { id: 'a1', start: slot.start, end: slot.end } }))
  const user = userEvent.setup()
  const { router } = await show(<Booking onClose={vi.fn()} />, personWith('coordinator'))
  expect(screen.getByRole('dialog', { name: 'Varataanko tämä aika?' })).toBeTruthy()
  expect(screen.getByRole('dialog').textContent).toContain('tiistai 24. marraskuuta klo 9.00–9.45')
  await user.click(screen.getByRole('radio', { name: 'Videolla' }))
  await user.click(screen.getByRole('button', { name: 'Varaa aika' }))
  await vi.waitFor(() => expect(router.state.location.pathname).toBe('/appointments/a1'))
  expect(asked[0]).toMatchObject({
    method: 'POST',
    path: '/api/appointments',
    body: { doctor: 'd', unit: 'u', start: slot.start, minutes: 45, mode: 'video', with: [] },
  })
})

test('who was slower learns who is taken, and takes one of the next three times', async () => {
  const asked = serve(({ body }) =>
    (body as { start: string }).start === slot.start
      ? {
          status: 409,
          body: {
            status: 409,
            code: 'time_taken',
            info: { taken: [{ person: 'd', name: 'Mikael Salo' }], next },
          },
        }
      : { status: 201, body: { id: 'a2', ...next[1] } },
  )
  const user = userEvent.setup()
  const { router } = await show(<Booking onClose={vi.fn()} />, personWith('coordinator'))
  await user.click(screen.getByRole('button', { name: 'Varaa aika' }))
  expect(await screen.findByText('Tähän aikaan on jo varattu: Mikael Salo.')).toBeTruthy()
  expect(screen.getAllByRole('button', { name: /klo/ })).toHaveLength(3)
  await user.click(screen.getByRole('button', { name: 'torstai 26. marraskuuta klo 9.00–9.45' }))
  await user.click(await screen.findByRole('button', { name: 'Varaa aika' }))
  await vi.waitFor(() => expect(router.state.location.pathname).toBe('/appointments/a2'))
  const keys = asked.map((one) => one.headers.get('Idempotency-Key'))
  expect(new Set(keys).size).toBe(2)
})

test('another refusal is said in the dialog', async () => {
  serve(() => ({ status: 409, body: { status: 409, code: 'time_past' } }))
  const user = userEvent.setup()
  await show(<Booking onClose={vi.fn()} />, personWith('coordinator'))
  await user.click(screen.getByRole('button', { name: 'Varaa aika' }))
  expect(await screen.findByText('Aika on jo mennyt.')).toBeTruthy()
})
