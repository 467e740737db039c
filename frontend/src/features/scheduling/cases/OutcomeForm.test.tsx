import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import type { CaseFile, Meeting } from './api'
import { MeetingSection } from './MeetingSection'

const meeting: Meeting = {
  appointment: 'a1',
  start: '2026-11-24T07:00:00Z',
  end: '2026-11-24T07:30:00Z',
  state: 'booked',
  mode: 'phone',
  unitName: 'Terveyskeskus',
  doctorName: 'Mikko Saarinen',
  participants: [{ person: 'gp', name: 'Mikko Saarinen', role: 'doctor' }],
  writable: true,
}

const file: CaseFile = {
  id: 'c1',
  reference: 'K7M2QX',
  unit: 'unit',
  unitName: 'Työllisyyspalvelut',
  owner: 'me',
  ownerName: 'Testi Henkilö',
  carries: true,
  opened: '2026-11-20T07:00:00Z',
  withheld: false,
  meetings: [meeting],
  consents: [],
  consultations: [],
  keptDays: 30,
}

test('what was decided, who does what and by when are kept while they are typed, and then sent', async () => {
  const asked = serve(({ path, body }) => {
    if (path.startsWith('/api/case-drafts/')) {
      return { body: { rev: (body as { rev: number }).rev + 1, warnings: [] } }
    }
    return { body: { ...file, meetings: [{ ...meeting, writable: true }] } }
  })
  const user = userEvent.setup()
  await show(<MeetingSection file={file} meeting={meeting} />, personWith('coordinator'))
  await user.click(screen.getByRole('button', { name: 'Kirjaa, mitä sovittiin' }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  expect(await screen.findByText('Täytä tämä kohta.')).toBeTruthy()

  await user.type(screen.getByRole('textbox', { name: 'Päätettiin' }), 'Kokeillaan, dg F32.1')
  expect(await screen.findByText('F32.1 näyttää diagnoosikoodilta.')).toBeTruthy()
  await user.type(screen.getByRole('textbox', { name: 'Mitä' }), 'Lausunto')
  await user.type(screen.getByRole('textbox', { name: /Mihin mennessä/ }), '4.12.2026')
  expect(await screen.findByText('✓ Luonnos tallennettu', undefined, { timeout: 20_000 })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  expect(await screen.findByText(/Kirjaus on tallennettu/, undefined, { timeout: 20_000 })).toBeTruthy()
  const sent = asked.find((one) => one.path === '/api/appointments/a1/outcome')
  expect(sent?.body).toEqual({
    version: 0,
    decided: 'Kokeillaan, dg F32.1',
    actions: [{ who: 'gp', what: 'Lausunto', due: '2026-12-04' }],
    nextHow: '',
  })
})

test('where the client has not let the reader read, nothing can be copied', async () => {
  serve(() => ({ status: 404 }))
  await show(<MeetingSection file={{ ...file, withheld: true }} meeting={{ ...meeting, writable: false }} />)
  expect(screen.getByText('Kirjaa tapaamisen jälkeen, mitä päätettiin.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Kopioi potilastietoihin' })).toBeNull()
})
