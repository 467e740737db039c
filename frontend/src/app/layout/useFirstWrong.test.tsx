import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { useFirstWrong } from './useFirstWrong'

function Question() {
  useFirstWrong()
  const [asked, setAsked] = useState(false)
  const [text, setText] = useState('')
  const [consent, setConsent] = useState(false)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
      }}
    >
      <textarea
        aria-label="Kysymys"
        value={text}
        aria-invalid={asked && text === ''}
        onChange={(event) => setText(event.target.value)}
      />
      <input
        type="checkbox"
        aria-label="Lupa"
        checked={consent}
        aria-invalid={asked && !consent}
        onChange={(event) => setConsent(event.target.checked)}
      />
      <button type="submit">Lähetä</button>
    </form>
  )
}

test('sending a form with something missing moves the focus to the first of it, and else leaves it', async () => {
  const user = userEvent.setup()
  render(<Question />)
  const send = screen.getByRole('button', { name: 'Lähetä' })
  await user.click(send)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Kysymys')))
  await user.type(screen.getByLabelText('Kysymys'), 'Voiko palata?')
  await user.click(send)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Lupa')))
  await user.click(screen.getByLabelText('Lupa'))
  await user.click(send)
  await new Promise((resolve) => requestAnimationFrame(resolve))
  expect(document.activeElement).toBe(send)
})
