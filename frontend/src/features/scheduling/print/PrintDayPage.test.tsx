import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import { PrintDayPage } from './PrintDayPage'

vi.mock('@tanstack/react-router', async (router) => ({
  ...(await router<typeof import('@tanstack/react-router')>()),
  getRouteApi: () => ({ useSearch: () => ({ date: '2026-12-01' }) }),
}))

test('the sheet of a day tells which times are the doctor’s own again, though nobody comes', async () => {
  serve(() => ({
    body: {
      appointments: [],
      returned: [
        {
          person: 'd',
          name: 'Mikael Salo',
          date: '2026-12-01',
          unit: 'u',
          unitName: 'Keskusta',
          times: [
            { start: '2026-12-01T07:00:00Z', end: '2026-12-01T07:30:00Z' },
            { start: '2026-12-01T08:00:00Z', end: '2026-12-01T10:00:00Z' },
          ],
        },
      ],
    },
  }))
  await show(<PrintDayPage />, personWith('doctor'))
  await screen.findByRole('heading', { name: 'Mikael Salo, Keskusta' })
  expect(screen.getByText('Palautui lääkärin omaan käyttöön: 9.00–9.30, 10.00–12.00')).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
})
