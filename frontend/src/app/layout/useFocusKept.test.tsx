import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { useFocusKept } from './useFocusKept'

function Hours() {
  useFocusKept()
  const [adding, setAdding] = useState(false)
  return (
    <main>
      <h1>Vastaanottoajat</h1>
      <section>
        <h2>Viikoittaiset ajat</h2>
        {adding ? (
          <form>
            <button type="button" onClick={() => setAdding(false)}>
              Peruuta
            </button>
          </form>
        ) : (
          <button type="button" onClick={() => setAdding(true)}>
            Lisää
          </button>
        )}
      </section>
      <p>Muuta tekstiä</p>
    </main>
  )
}

test('the focus of a button that goes away moves to its section’s heading, and Tab goes on from there', async () => {
  const user = userEvent.setup()
  render(<Hours />)
  const heading = screen.getByRole('heading', { name: 'Viikoittaiset ajat' })
  await user.click(screen.getByRole('button', { name: 'Lisää' }))
  await waitFor(() => expect(document.activeElement).toBe(heading))
  await user.tab()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Peruuta' }))
  expect(heading.hasAttribute('tabindex')).toBe(false)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(heading))
})

test('a focus that was let go stays let go', async () => {
  const user = userEvent.setup()
  const { rerender } = render(<Hours />)
  await user.click(screen.getByRole('button', { name: 'Lisää' }))
  await user.click(screen.getByText('Muuta tekstiä'))
  rerender(<Hours key="again" />)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(document.activeElement).toBe(document.body)
})
