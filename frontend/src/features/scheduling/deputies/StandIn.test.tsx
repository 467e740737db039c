import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import type { Appointment, Doctor } from '../api'
import { AwayNotice, StandInNotice, StandsInFor } from './StandIn'

const deputy = { person: 'me', name: 'Minä', until: '2026-11-29', takes: false }

function appointment(more: Partial<Appointment>): Appointment {
  return {
    id: 'a',
    case: 'c',
    reference: 'K7M2QX',
    start: '2026-12-01T07:00:00Z',
    end: '2026-12-01T07:30:00Z',
    state: 'asked',
    outward: 'ehdotettu',
    mode: 'phone',
    unit: 'u',
    unitName: 'Terveysasema',
    doctor: { person: 'kari', name: 'Kari Rinne' },
    participants: [],
    patientSystem: false,
    bookedBy: 'aino',
    ...more,
  }
}

const doctor: Doctor = { person: 'kari', name: 'Kari Rinne', unit: 'u', unitName: 'Terveysasema', rules: 1 }

test('a deputy is told for whom they answer, and whether they come themselves', async () => {
  await show(
    <>
      <StandsInFor appointment={appointment({ deputy })} />
      <StandsInFor appointment={appointment({ deputy: { ...deputy, takes: true } })} />
    </>,
    personWith('doctor'),
  )
  expect((await screen.findAllByText('Vastaat sijaisena, lääkäri Kari Rinne on poissa.')).length).toBe(2)
  expect(screen.getByText(/tulee vastaanotolle itse/)).toBeTruthy()
  expect(screen.getByText(/tulet vastaanotolle itse/)).toBeTruthy()
})

test('others are told who answers', async () => {
  const of = appointment({ deputy: { ...deputy, person: 'tuula', name: 'Tuula Koski' } })
  await show(<StandInNotice appointment={of} />, personWith('coordinator'))
  await screen.findByText('Sijainen Tuula Koski vastaa.')
  expect(screen.getByText('Kari Rinne on poissa 29.11.2026 asti.')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})

test.each([
  [
    { answer: 'accepted', takes: false },
    'Tuula Koski hyväksyi ajan sijaisena. Kari Rinne tulee vastaanotolle.',
  ],
  [{ answer: 'accepted', takes: true }, 'Tuula Koski tulee vastaanotolle sijaisena. Kari Rinne on poissa.'],
  [
    { answer: 'declined', takes: false },
    'Tuula Koski vastasi sijaisena, että aika ei sovi. Lääkäri: Kari Rinne.',
  ],
])('who answered stands there: %j', async (answer, text) => {
  const inPlace = { at: '2026-11-20T10:00:00Z', by: 'Tuula Koski', of: 'Kari Rinne', ...answer }
  await show(
    <StandInNotice appointment={appointment({ state: 'booked', inPlace })} />,
    personWith('coordinator'),
  )
  await screen.findByText(text)
})

test('an appointment on a day away is taken over with one tap', async () => {
  const of = appointment({ state: 'booked', deputy: { ...deputy, takes: true } })
  const asked = serve(() => ({ body: of }))
  const user = userEvent.setup()
  await show(<StandInNotice appointment={of} />, personWith('doctor'))
  await user.click(await screen.findByRole('button', { name: 'Otan vastaanoton' }))
  await waitFor(() =>
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ answer: 'accepted' }),
  )
})

test('before sending it is said that the doctor is away and who gets it', async () => {
  const away = { from: '2026-11-20', until: '2026-11-29', deputy: 'tuula', deputyName: 'Tuula Koski' }
  await show(
    <>
      <AwayNotice doctor={{ ...doctor, away }} sends="request" />
      <AwayNotice
        doctor={{ ...doctor, away: { from: '2026-11-20', until: '2026-11-20' } }}
        sends="question"
      />
      <AwayNotice doctor={doctor} sends="time" />
      <AwayNotice doctor={undefined} sends="time" />
    </>,
    personWith('coordinator'),
  )
  await screen.findByText('Kari Rinne on poissa 20.11.2026–29.11.2026')
  expect(screen.getByText('Pyyntö siirtyy heti sijaiselle: Tuula Koski.')).toBeTruthy()
  expect(screen.getByText('Sijaista ei ole nimetty. Kysymys odottaa, että lääkäri palaa.')).toBeTruthy()
  expect(screen.getAllByRole('status').length).toBe(2)
})
