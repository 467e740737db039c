import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import { ReceptionsView } from './ReceptionsPage'

const one = {
  id: 'r1',
  series: 's1',
  unit: 'unit',
  unitName: 'Terveyskeskus',
  date: '2027-12-01',
  from: '09:00',
  to: '12:00',
  minutes: 45,
  places: 4,
  taken: 3,
  room: 'room',
  roomName: 'Sali 2',
  returned: false,
  roomAway: false,
}
const next = { ...one, id: 'r2', date: '2028-01-05', taken: 1 }
const other = { ...one, id: 'r3', series: 's2', date: '2028-02-02', taken: 0 }
const units = [{ id: 'unit', name: 'Terveyskeskus' }]

type Answer = { status?: number; body?: unknown }

function server(
  receptions: object[],
  answer: (method: string, path: string) => Answer | undefined = () => undefined,
) {
  return serve(({ method, path }) => {
    const said = answer(method, path)
    if (said) return said
    if (path === '/api/resources')
      return {
        body: { resources: [{ id: 'room', unit: 'unit', kind: 'room', name: 'Sali 2', languages: [] }] },
      }
    return { body: { receptions } }
  })
}

const view = <ReceptionsView person="doctor" units={units} />

test('coming receptions with their places, or what to do when there are none', async () => {
  server([one])
  await show(view, personWith('scheduler'))
  await screen.findByText('3/4 paikkaa varattu')
  expect(screen.getByText('klo 9.00–12.00')).toBeTruthy()
  expect(screen.getByText('45 min · Sali 2')).toBeTruthy()
  expect(screen.getByRole('link', { name: /Päivän lista/ }).getAttribute('href')).toBe(
    '/print/day?date=2027-12-01',
  )
})

test('places that nobody took are the doctor’s own again, and can be opened after all', async () => {
  let returned = true
  const asked = server([], (method, path) => {
    if (method === 'DELETE') {
      returned = false
      return { body: { person: 'doctor', name: '', rules: [], exceptions: [], outside: [], returned: [] } }
    }
    return path.endsWith('/receptions') ? { body: { receptions: [{ ...one, returned }] } } : undefined
  })
  const user = userEvent.setup()
  await show(view, personWith('scheduler'))
  await screen.findByText('Varaamattomat paikat palautuivat lääkärin omaan käyttöön.')
  await user.click(screen.getByRole('button', { name: /^Avaa uudelleen/ }))
  await screen.findByText('Vapaat paikat voi taas varata.')
  await waitFor(() => expect(screen.queryByText(/palautuivat/)).toBeNull())
  expect(asked.find(({ method }) => method === 'DELETE')).toMatchObject({
    path: '/api/people/doctor/hours/returned/2027-12-01',
  })
})

test('a room that is away is told, and what comes of it', async () => {
  server([{ ...one, roomAway: true }, next])
  await show(view, personWith('scheduler'))
  expect(await screen.findAllByText(/^Sali 2 ei ole käytettävissä koko aikaa/)).toHaveLength(1)
})

test('none yet', async () => {
  server([])
  await show(view, personWith('scheduler'))
  await screen.findByText('Ei tulevia vastaanottopäiviä')
})

test('a list that can not be read says so', async () => {
  server([], () => ({ status: 404, body: { code: 'not_found' } }))
  await show(view, personWith('scheduler'))
  await screen.findByRole('alert')
})

const days = [
  { date: '2026-12-17', clashes: [], possible: true },
  { date: '2026-12-24', clashes: ['holiday'], possible: true },
  { date: '2026-12-31', clashes: ['hours'], possible: true },
  { date: '2027-01-07', clashes: ['reception', 'room'], possible: false },
]

test('a series is published on the chosen days, and can be taken back', async () => {
  const asked = server([one], (method, path) => {
    if (path.endsWith('/plan')) return { body: { days } }
    if (method === 'POST' && path === '/api/people/doctor/receptions')
      return { status: 201, body: { receptions: [one, next, other], planned: ['r2', 'r3'] } }
  })
  const user = userEvent.setup()
  await show(view, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Uusi vastaanottosarja' }))
  const holiday = await screen.findByRole('checkbox', { name: /24\.12\./ })
  const free = screen.getByRole('checkbox', { name: /17\.12\./ })
  const impossible = screen.getByRole('checkbox', { name: /7\.1\./ })
  expect([free, holiday, screen.getByRole('checkbox', { name: /31\.12\./ }), impossible]).toMatchObject([
    { checked: true, disabled: false },
    { checked: false, disabled: false },
    { checked: true, disabled: false },
    { checked: false, disabled: true },
  ])
  expect(screen.getByText('Lääkärillä on silloin toinen vastaanottopäivä. Tila on varattu.')).toBeTruthy()
  await user.click(holiday)
  await user.click(free)
  await user.click(screen.getByRole('button', { name: 'Julkaise 2 päivää' }))
  await waitFor(() =>
    expect(asked.find((it) => it.method === 'POST')?.body).toEqual({
      unit: 'unit',
      from: '09:00',
      to: '12:00',
      minutes: 45,
      places: 4,
      dates: ['2026-12-24', '2026-12-31'],
    }),
  )
  await screen.findByText('2 vastaanottopäivää julkaistiin.')
  await user.click(screen.getByRole('button', { name: 'Kumoa julkaisu' }))
  await screen.findByText('Julkaisu kumottiin.')
  const undone = asked.find((it) => it.path === '/api/receptions/r2/cancellation')
  expect(undone?.body).toEqual({ following: true, unused: true })
})

test('without a day nothing is published', async () => {
  const asked = server([], (_, path) =>
    path.endsWith('/plan') ? { body: { days: days.slice(3) } } : undefined,
  )
  const user = userEvent.setup()
  await show(view, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Uusi vastaanottosarja' }))
  await screen.findByRole('checkbox', { name: /7\.1\./ })
  await user.click(screen.getByRole('button', { name: 'Julkaise' }))
  await screen.findByText('Valitse ainakin yksi päivä.')
  expect(asked.some((it) => it.method === 'POST')).toBe(false)
})

test('cancelling says how many it concerns, of one and of all that follow', async () => {
  const asked = server([one, next, other], (method) =>
    method === 'POST' ? { body: { receptions: [other], changed: { moved: 0, returned: 4 } } } : undefined,
  )
  const user = userEvent.setup()
  await show(view, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: /^Peru .*1\.12\./ }))
  const dialog = within(screen.getByRole('dialog', { hidden: true }))
  dialog.getByText(/^3 varausta perutaan/)
  await user.click(dialog.getByRole('radio', { name: /kaikkia myöhempiä \(2 päivää\)/, hidden: true }))
  dialog.getByText(/^4 varausta perutaan/)
  await user.click(dialog.getByRole('button', { name: 'Peru 2 päivää', hidden: true }))
  await screen.findByText('4 varausta palasi jonoon.')
  expect(asked.find((it) => it.method === 'POST')?.body).toEqual({ following: true })
})

test('a move says before what happens, and after what did', async () => {
  const asked = server([one, other], (method, path) => {
    if (method === 'GET' && path.endsWith('/move')) return { body: { moved: 2, returned: 1 } }
    if (method === 'POST') return { body: { receptions: [other], changed: { moved: 2, returned: 1 } } }
  })
  const user = userEvent.setup()
  await show(view, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: /^Siirrä .*1\.12\./ }))
  const form = within(screen.getByRole('form', { name: 'Siirrä vastaanottopäivä' }))
  form.getByText(/Varaukset siirtyvät mukana/)
  const from = form.getByRole('textbox', { name: 'Alkaa klo' })
  await user.clear(from)
  await user.type(from, '10')
  await form.findByText('2 varausta siirtyy mukana.')
  form.getByText(/^1 varaus ei sovi uuteen aikaan/)
  await user.click(form.getByRole('button', { name: 'Siirrä päivä' }))
  await screen.findByText('2 varausta siirtyi mukana. 1 varaus palasi jonoon.')
  expect(asked.find((it) => it.method === 'POST')?.body).toEqual({
    date: '2027-12-01',
    from: '10:00',
    to: '12:00',
    following: false,
  })
})

test('a move that can not be is said before it is tried', async () => {
  server([one], (method, path) =>
    method === 'GET' && path.endsWith('/move')
      ? { status: 409, body: { code: 'reception_overlap' } }
      : undefined,
  )
  const user = userEvent.setup()
  await show(view, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: /^Siirrä / }))
  const form = within(screen.getByRole('form', { name: 'Siirrä vastaanottopäivä' }))
  const to = form.getByRole('textbox', { name: 'Päättyy klo' })
  await user.clear(to)
  await user.type(to, '13')
  await form.findByText('Lääkärillä on silloin toinen vastaanottopäivä, tai tila on varattu.')
})
