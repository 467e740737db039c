import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { personWith, show } from '../../../test-page'
import { NeverField } from './NeverField'
import { type Never, neversText } from './never'
import { SeatsField } from './SeatsField'
import { readSeats, type Seat, seatsText } from './seats'

test('two taps before the page has changed both count', async () => {
  let never: Never[] = []
  await show(
    <NeverField
      never={[]}
      onChange={(change) => {
        never = change(never)
      }}
    />,
    personWith('coordinator'),
  )
  screen.getByRole('button', { name: 'tiistai, iltapäivä' }).click()
  screen.getByRole('button', { name: 'torstai, aamupäivä' }).click()
  expect(neversText(never)).toBe('2@12:00-23:59,4@00:00-12:00')
})

test('so do two about who comes', async () => {
  const shown = readSeats('interpreter:outside,interpreter:a|outside')
  let seats: Seat[] = shown
  await show(
    <SeatsField
      unit="u"
      seats={shown}
      guests={[]}
      onSeats={(change) => {
        seats = change(seats)
      }}
      onGuests={() => undefined}
    />,
    personWith('coordinator'),
  )
  for (const must of screen.getAllByRole('button', { name: 'Välttämätön' })) must.click()
  expect(seatsText(seats)).toBe('interpreter:outside?,interpreter:a|outside?')
  // Tapped again before it shows, it is the same wish.
  screen.getAllByRole('button', { name: 'Välttämätön' })[0]?.click()
  expect(seatsText(seats)).toBe('interpreter:outside?,interpreter:a|outside?')
  screen.getAllByRole('button', { name: /^Poista/ })[0]?.click()
  expect(seatsText(seats)).toBe('interpreter:a|outside?')
})
