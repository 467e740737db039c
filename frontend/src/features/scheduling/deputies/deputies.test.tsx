import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { addDays, dayOf } from '../../../shared/dates/dates'
import { personWith, serve, show } from '../../../test-page'
import { AbsenceSection, daysText } from './AbsenceSection'
import { AbsencesPage } from './AbsencesPage'
import { CoveringNotice } from './CoveringNotice'
import { CoveringPage } from './CoveringPage'
import { DependencySection } from './Dependency'

const today = dayOf(new Date())

test('an absence is set with a deputy, or without one', async () => {
  const deputies = [{ person: 'bo', name: 'Bo Sijainen' }]
  const asked = serve(({ method }) => ({
    status: method === 'POST' ? 201 : 200,
    body: { person: 'me', name: 'Minä', absences: [], deputies },
  }))
  const user = userEvent.setup()
  await show(<AbsenceSection person="me" />, personWith('coordinator'))
  await screen.findByText('Ei tulevia poissaoloja')
  await user.click(screen.getByRole('button', { name: 'Merkitse poissaolo' }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  expect(asked.some((one) => one.method === 'POST')).toBe(false)
  const [, month, day] = addDays(today, 3).split('-')
  const year = addDays(today, 3).slice(0, 4)
  await user.click(screen.getByRole('textbox', { name: /Viimeinen/ }))
  await user.paste(`${Number(day)}.${Number(month)}.${year}`)
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await waitFor(() =>
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({
      from: today,
      until: addDays(today, 3),
      deputy: 'bo',
    }),
  )
})

test('an absence says who stands in and what is booked, and can be ended', async () => {
  const appointments = [
    {
      appointment: 'a',
      reference: 'R',
      start: `${today}T10:00:00Z`,
      end: `${today}T10:30:00Z`,
      unitName: 'X',
    },
  ]
  const absence = {
    id: 'x',
    from: today,
    until: today,
    deputy: 'bo',
    deputyName: 'Bo Sijainen',
    appointments,
  }
  const asked = serve(({ method }) => ({
    body: { person: 'me', name: 'Minä', absences: method === 'DELETE' ? [] : [absence], deputies: [] },
  }))
  const user = userEvent.setup()
  await show(<AbsenceSection person="me" />, personWith('doctor'))
  await screen.findByText('Sijainen: Bo Sijainen')
  expect(screen.getByText('Yksi yhteisvastaanotto on jo varattu')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: /Päätä poissaolo/ }))
  await user.click(screen.getByRole('button', { name: 'Päätä poissaolo', hidden: true }))
  await screen.findByText('Ei tulevia poissaoloja')
  expect(asked.find((one) => one.method === 'DELETE')?.path).toBe('/api/people/me/absences/x')
})

test.each([
  ['2026-11-23', '2026-11-23', '23.11.2026'],
  ['2026-11-23', '2026-12-01', '23.11.2026–1.12.2026'],
])('%s to %s', (from, until, text) => {
  expect(daysText({ from, until }, 'fi')).toBe(text)
})

const cases = [
  {
    id: 'c1',
    reference: 'AAA111',
    unit: 'u',
    unitName: 'Yksikkö',
    owner: 'me',
    ownerName: 'Minä',
    mine: true,
    opened: '2026-11-01T08:00:00Z',
  },
  {
    id: 'c2',
    reference: 'BBB222',
    unit: 'u',
    unitName: 'Yksikkö',
    owner: 'anna',
    ownerName: 'Anna Poissa',
    mine: false,
    opened: '2026-11-01T08:00:00Z',
    next: {
      appointment: 'a',
      start: '2026-11-24T07:00:00Z',
      end: '2026-11-24T07:30:00Z',
      state: 'booked',
      doctor: 'Lääkäri Laine',
    },
  },
  {
    id: 'c3',
    reference: 'CCC333',
    unit: 'u',
    unitName: 'Yksikkö',
    owner: 'gone',
    ownerName: '',
    mine: false,
    opened: '2026-11-01T08:00:00Z',
  },
]

test('whoever stands in is told for whom, and only then', async () => {
  serve(() => ({ body: { cases } }))
  await show(<CoveringNotice />, personWith('coordinator'))
  await screen.findByText('Sijaistat nyt: Anna Poissa, poistunut henkilö')
  expect(screen.getByRole('link', { name: 'Näytä 2 avointa asiaa' })).toBeTruthy()
})

test('nobody is told that they stand in for nobody', async () => {
  const asked = serve(() => ({ body: { cases: cases.slice(0, 1) } }))
  const { screen: page } = await show(<CoveringNotice />, personWith('coordinator'))
  await waitFor(() => expect(asked.length).toBe(1))
  expect(page.queryByText(/Sijaistat/)).toBeNull()
})

test('the list of the deputy has the cases of others and whose they are', async () => {
  serve(({ path }) => ({ body: path === '/api/covered' ? { covered: [] } : { cases } }))
  await show(<CoveringPage />, personWith('coordinator'))
  await screen.findByText('Viite BBB222')
  expect(screen.getByText('Vastuuhenkilö: Anna Poissa')).toBeTruthy()
  expect(screen.getByText('Vastuuhenkilö: poistunut henkilö')).toBeTruthy()
  expect(screen.getByRole('link', { name: '24.11.2026 klo\u00a09.00, Lääkäri Laine' })).toBeTruthy()
  expect(screen.queryByText('Viite AAA111')).toBeNull()
  expect(screen.getByText('Kukaan ei ole nimennyt sinua sijaisekseen')).toBeTruthy()
})

test('twelve cases of one person are an alarm; the figures have no names', async () => {
  const counts = { open: 12, owners: 1, covered: 12, cared: 12, flagged: true }
  serve(() => ({
    body: { units: [{ unit: 'u', unitName: 'Työllisyyspalvelut', ...counts }], total: counts, threshold: 3 },
  }))
  await show(<DependencySection />, personWith('manager'))
  await screen.findByText('Työllisyyspalvelut: kaikki 12 avointa asiaa ovat yhden henkilön varassa')
  expect(screen.getByText('12/12')).toBeTruthy()
})

test('a scheduler sees who of the unit is away and who stands in', async () => {
  const colleague = { roles: ['coordinator'], units: ['Terveysasema'] }
  const next = { from: today, until: addDays(today, 3) }
  const named = { ...next, deputy: 'bo', deputyName: 'Bo Sijainen' }
  serve(() => ({
    body: {
      people: [
        { ...colleague, person: 'a', name: 'Anna Poissa', next: named },
        { ...colleague, person: 'c', name: 'Cia Yksin', next },
        { ...colleague, person: 'd', name: 'Dan Täällä' },
      ],
    },
  }))
  await show(<AbsencesPage />, personWith('scheduler'))
  const line = await screen.findByRole('link', { name: /Anna Poissa/ })
  expect(line.textContent).toContain(`Poissa ${daysText(next, 'fi')}`)
  expect(line.textContent).toContain('Sijainen: Bo Sijainen')
  expect(screen.getByRole('link', { name: /Cia Yksin/ }).textContent).toContain('Ei nimettyä sijaista')
  expect(screen.getByRole('link', { name: /Dan Täällä/ }).textContent).toContain('Ei tulevia poissaoloja')
})

test('in a unit without people the list says so', async () => {
  serve(() => ({ body: { people: [] } }))
  await show(<AbsencesPage />, personWith('scheduler'))
  await screen.findByText('Yksikössäsi ei ole vielä ketään')
})
