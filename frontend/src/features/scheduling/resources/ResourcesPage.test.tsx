import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import { ResourcesPage } from './ResourcesPage'

const room = {
  id: 'r1',
  unit: 'unit',
  unitName: 'Terveyskeskus',
  kind: 'room',
  name: 'Huone 1',
  languages: [],
  rules: 0,
  mine: true,
}
const interpreter = { ...room, id: 'i1', kind: 'interpreter', name: 'Amina Tulkki', languages: ['so', 'ar'] }
const units = [
  { id: 'unit', name: 'Terveyskeskus', kind: 'health_centre', org: 'org', orgName: 'Alue', own: true },
  { id: 'other', name: 'Toinen', kind: 'health_centre', org: 'org', orgName: 'Alue', own: true },
]

function server(resources: object[], refuse?: { status: number; body: object }) {
  return serve(({ method, path, body }) => {
    if (path === '/api/units') return { body: { units } }
    if (method === 'GET' && path === '/api/resources') return { body: { resources } }
    if (method !== 'GET' && refuse) return refuse
    const one = [room, interpreter].find((known) => path.endsWith(`/${known.id}`)) ?? room
    const coming = [
      {
        appointment: 'a1',
        reference: 'ABCDEF',
        start: '2026-11-24T07:00:00Z',
        end: '2026-11-24T07:30:00Z',
        unitName: 'X',
      },
    ]
    return {
      status: method === 'POST' ? 201 : 200,
      body: { ...one, email: 'amina@tulkit.example', retired: false, coming, ...(body as object) },
    }
  })
}

test('a scheduler sees the rooms and interpreters they keep, and nothing of others', async () => {
  server([room, interpreter, { ...room, id: 'r2', name: 'Naapurin huone', mine: false }])
  await show(<ResourcesPage />, personWith('scheduler'))
  await screen.findByText('Huone 1')
  expect(screen.getByText('Varattavissa aina')).toBeTruthy()
  expect(screen.getByText('arabia, somali')).toBeTruthy()
  expect(screen.queryByText('Naapurin huone')).toBeNull()
})

test('nothing yet says what to do', async () => {
  server([])
  await show(<ResourcesPage />, personWith('scheduler'))
  await screen.findByText('Ei huoneita')
  expect(screen.getByText('Ei tulkkeja')).toBeTruthy()
})

test('a room needs a name; it is added to the own unit', async () => {
  const asked = server([])
  const user = userEvent.setup()
  await show(<ResourcesPage />, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Lisää huone' }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  expect(asked.filter((one) => one.method === 'POST')).toEqual([])
  await user.type(screen.getByRole('textbox', { name: /Nimi/ }), ' Huone 2 ')
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await waitFor(() =>
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({
      unit: 'unit',
      kind: 'room',
      name: 'Huone 2',
    }),
  )
})

test('an interpreter needs a language', async () => {
  const asked = server([])
  const user = userEvent.setup()
  await show(<ResourcesPage />, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Lisää tulkki' }))
  await user.type(screen.getByRole('textbox', { name: /Nimi/ }), 'Amina')
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await screen.findByText('Valitse ainakin yksi kieli.')
  await user.click(screen.getByRole('checkbox', { name: 'somali' }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await waitFor(() =>
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({
      unit: 'unit',
      kind: 'interpreter',
      name: 'Amina',
      languages: ['so'],
    }),
  )
})

test('a name that is taken is said, and the form stays', async () => {
  server([room], { status: 409, body: { code: 'resource_exists' } })
  const user = userEvent.setup()
  await show(<ResourcesPage />, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Lisää huone' }))
  await user.type(screen.getByRole('textbox', { name: /Nimi/ }), 'huone 1')
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await screen.findByText('Yksikössä on jo samanniminen huone.')
  expect(screen.getByRole('textbox', { name: /Nimi/ })).toHaveProperty('value', 'huone 1')
})

test('before something goes out of use the coming bookings are shown', async () => {
  const asked = server([interpreter])
  const user = userEvent.setup()
  await show(<ResourcesPage />, personWith('admin'))
  await user.click(await screen.findByRole('button', { name: 'Poista käytöstä: Amina Tulkki' }))
  const dialog = within(await screen.findByRole('dialog', { hidden: true }))
  await dialog.findByText(/viite ABCDEF/)
  await user.click(dialog.getByRole('button', { name: 'Poista käytöstä', hidden: true }))
  await waitFor(() => expect(asked.find((one) => one.method === 'DELETE')?.path).toBe('/api/resources/i1'))
})
