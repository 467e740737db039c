import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import { ReturnedTimes } from './ReturnedSection'

const hours = { person: 'd', name: 'Mikael Salo', rules: [], exceptions: [], outside: [], returned: [] }
const times = (start: string, end: string) => [{ start, end }]

test('a day that went back to the doctor is told with its times, and can be opened again as a whole', async () => {
  const monday = { date: '2026-11-23', unit: 'u', unitName: 'Keskusta' }
  const asked = serve(({ method }) => ({
    body:
      method === 'DELETE'
        ? hours
        : {
            ...hours,
            returned: [
              { ...monday, times: times('2026-11-23T07:00:00Z', '2026-11-23T10:00:00Z') },
              { ...monday, unit: 'v', times: times('2026-11-23T11:00:00Z', '2026-11-23T12:00:00Z') },
            ],
          },
  }))
  const user = userEvent.setup()
  await show(<ReturnedTimes person="d" />, personWith('doctor'))
  await screen.findByText('9.00–12.00, 13.00–14.00')
  await user.click(screen.getByRole('button', { name: 'Avaa uudelleen maanantai 23. marraskuuta' }))
  await expect.poll(() => screen.queryByText('Palautui omaan käyttöön')).toBeNull()
  expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/people/d/hours/returned/2026-11-23' })
})
