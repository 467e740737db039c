import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { serve, show } from '../../../test-page'
import type { AskedByMail } from './api'
import { MailQuestion } from './MailQuestion'

const asked: AskedByMail = {
  start: '2026-11-24T07:00:00Z',
  end: '2026-11-24T07:45:00Z',
  unitName: 'Keskustan terveyskeskus',
  mode: 'on_site',
  state: 'booked',
  role: 'other',
  doctor: false,
  answer: 'awaiting',
  language: 'fi',
  times: [],
}
const doctor: AskedByMail = {
  ...asked,
  role: 'doctor',
  doctor: true,
  state: 'asked',
  times: [8, 9].map((hour) => ({ start: `2026-11-24T0${hour}:00:00Z`, end: `2026-11-24T0${hour}:45:00Z` })),
}

async function open(view: AskedByMail, refusal?: { status: number; code: string }) {
  const sent = serve(({ method }) => {
    if (method === 'GET') return { body: view }
    return refusal
      ? { status: refusal.status, body: refusal }
      : { body: { answer: 'accepted', state: 'booked' } }
  })
  await show(<MailQuestion link="a_0_0.x.y" />)
  await screen.findByRole('heading', { level: 2 })
  return { posts: () => sent.filter(({ method }) => method === 'POST'), user: userEvent.setup() }
}

test.each([
  { button: 'Pääsen', answer: 'accepted', thanks: /Olet tulossa/ },
  { button: 'Ehkä', answer: 'tentative', thanks: /epävarma/ },
])('a guest answers $button with one tap', async ({ button, answer, thanks }) => {
  const { posts, user } = await open(asked)
  expect(posts()).toHaveLength(0)
  await user.click(screen.getByRole('button', { name: button }))
  expect(await screen.findByText(thanks)).toBeTruthy()
  expect(posts()).toMatchObject([{ path: '/api/answers/a_0_0.x.y', body: { answer } }])
  expect(document.activeElement?.textContent).toBe('Kiitos vastauksesta!')
  expect(screen.queryByRole('button')).toBeNull()
})

test('who can not come says so twice, for the link answers once', async () => {
  const { posts, user } = await open(asked)
  await user.click(screen.getByRole('button', { name: 'En pääse' }))
  expect(posts()).toHaveLength(0)
  await user.click(screen.getByRole('button', { name: 'Takaisin' }))
  await user.click(screen.getByRole('button', { name: 'En pääse' }))
  await user.click(screen.getByRole('button', { name: 'Kerro, etten pääse' }))
  expect(await screen.findByText('Muut näkevät, ettet pääse.')).toBeTruthy()
  expect(posts()).toMatchObject([{ body: { answer: 'declined' } }])
})

test('a doctor proposes other times', async () => {
  const { posts, user } = await open(doctor)
  expect(screen.queryByRole('button', { name: 'Ehkä' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Ehdota muuta' }))
  await user.click(screen.getByRole('button', { name: /11\.00/ }))
  await user.click(screen.getByRole('button', { name: 'Ehdota yhtä aikaa' }))
  expect(await screen.findByText(/voi varata niistä yhden/)).toBeTruthy()
  expect(posts()).toMatchObject([
    { body: { answer: 'declined', reason: 'no_time', proposed: ['2026-11-24T09:00:00Z'] } },
  ])
})

test('a doctor to whom nothing else suits has nothing to propose', async () => {
  await open({ ...doctor, times: [] })
  expect(screen.queryByRole('button', { name: 'Ehdota muuta' })).toBeNull()
})

test('what happened between the mail and the tap is said', async () => {
  const { user } = await open(doctor, { status: 409, code: 'already_cancelled' })
  await user.click(screen.getByRole('button', { name: 'Sopii' }))
  expect((await screen.findByRole('status')).textContent).toContain('Yhteisvastaanotto on peruttu')
})

describe('a link that does not serve says why', () => {
  test.each([
    { status: 410, code: 'link_used', want: 'Tähän on jo vastattu' },
    { status: 410, code: 'link_expired', want: 'Linkki ei ole enää voimassa' },
    { status: 404, code: 'link_invalid', want: 'Linkki ei ole oikea' },
    { status: 409, code: 'already_cancelled', want: 'Yhteisvastaanotto on peruttu' },
    { status: 409, code: 'hold_expired', want: 'Aikaa ei enää pidetä varattuna' },
    { status: 409, code: 'not_now', want: 'Vastaanotto on jo alkanut' },
    { status: 503, code: 'unavailable', want: 'Palvelu ei juuri nyt vastaa' },
  ])('$code', async ({ status, code, want }) => {
    const sent = serve(() => ({ status, body: { status, code } }))
    await show(<MailQuestion link="a_0_0.x.y" />)
    await vi.waitFor(() => expect(document.body.textContent).toContain(want))
    expect(sent.every(({ method }) => method === 'GET')).toBe(true)
  })
})
