import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import { LendingsPage } from './LendingsPage'

const units = [
  { id: 'unit', name: 'Terveyskeskus', kind: 'health_centre', org: 'org', orgName: 'Alue', own: true },
  { id: 'other', name: 'Rantatie', kind: 'health_centre', org: 'elsewhere', orgName: 'Alue', own: true },
]
const lent = { unit: 'other', unitName: 'Rantatie', places: 2, used: 2 }

function server(lendings: { mayLend: boolean; lent: object[]; borrowed: object[] }) {
  return serve(({ path }) => (path === '/api/units' ? { body: { units } } : { body: lendings }))
}

test('what is lent and borrowed, with what is left of this month', async () => {
  server({ mayLend: false, lent: [lent], borrowed: [{ ...lent, places: 5, used: 1 }] })
  await show(<LendingsPage />, personWith('coordinator'))
  await screen.findByText('2/2 käytetty tässä kuussa')
  expect(screen.getByText('Käytetty')).toBeTruthy()
  expect(screen.getByText('4 jäljellä')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Lainaa paikkoja' })).toBeNull()
})

test('whoever keeps the unit lends places, as many as is right', async () => {
  const asked = server({ mayLend: true, lent: [], borrowed: [] })
  const user = userEvent.setup()
  await show(<LendingsPage />, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Lainaa paikkoja' }))
  const places = await screen.findByRole('textbox', { name: 'Paikkoja kuukaudessa' })
  await user.clear(places)
  await user.type(places, '501')
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await screen.findByText('Anna luku väliltä 1–500.')
  await user.clear(places)
  await user.type(places, '3')
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await waitFor(() =>
    expect(asked.find((one) => one.method === 'PUT')).toMatchObject({
      path: '/api/units/unit/lendings/other',
      body: { places: 3 },
    }),
  )
})

test('lending ends when it is asked for twice', async () => {
  const asked = server({ mayLend: true, lent: [lent], borrowed: [] })
  const user = userEvent.setup()
  await show(<LendingsPage />, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Lopeta lainaus: Rantatie' }))
  const dialog = within(screen.getByRole('dialog', { hidden: true }))
  await user.click(dialog.getByRole('button', { name: 'Lopeta', hidden: true }))
  await waitFor(() => expect(asked.find((one) => one.method === 'PUT')?.body).toEqual({ places: 0 }))
})

test('who asks to lend when all units borrow already is told where to change how many', async () => {
  server({ mayLend: true, lent: [lent], borrowed: [] })
  const user = userEvent.setup()
  await show(<LendingsPage />, personWith('scheduler'))
  await user.click(await screen.findByRole('button', { name: 'Lainaa paikkoja' }))
  await screen.findByText(/^Kaikille yksiköille lainataan jo/)
  expect(screen.queryByRole('textbox')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Sulje' }))
  await screen.findByRole('button', { name: 'Lainaa paikkoja' })
  expect(screen.queryByText(/^Kaikille yksiköille/)).toBeNull()
})
