import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { serve, show } from '../../test-page'
import { DraftStatus } from './DraftStatus'
import { useDraft } from './useDraft'

function Writing() {
  const { state, keeper } = useDraft('kurssi.m1-t', { text: '', rev: 0 })
  return (
    <>
      <textarea
        aria-label="Teksti"
        value={state.text}
        onChange={(event) => keeper.type(event.target.value)}
      />
      <DraftStatus state={state} keeper={keeper} />
    </>
  )
}

test('both texts are shown when another device was first, and the chosen one stays', async () => {
  const asked = serve(({ body }) => {
    const { rev } = body as { rev: number }
    return rev === 0
      ? { status: 409, body: { status: 409, code: 'draft_conflict', info: { rev: 3, text: 'puhelimella' } } }
      : { body: { rev: rev + 1 } }
  })
  const user = userEvent.setup()
  await show(<Writing />)
  await user.type(screen.getByRole('textbox', { name: 'Teksti' }), 'koneella')
  const theirs = await screen.findByRole(
    'region',
    { name: 'Toisaalla tallennettu teksti' },
    { timeout: 20_000 },
  )
  expect(theirs.textContent).toContain('puhelimella')
  expect(screen.getByRole('region', { name: 'Tämän sivun teksti' }).textContent).toContain('koneella')
  await user.click(screen.getByRole('button', { name: 'Pidä tämän sivun teksti' }))
  expect(await screen.findByText('✓ Luonnos tallennettu')).toBeTruthy()
  expect(asked.at(-1)?.body).toEqual({ text: 'koneella', rev: 3 })
})

test('when the server is away the page says so and goes on trying', async () => {
  let away = true
  serve(() =>
    away
      ? { status: 503, body: { status: 503, code: 'unavailable' }, headers: { 'Retry-After': '1' } }
      : { body: { rev: 1 } },
  )
  const user = userEvent.setup()
  await show(<Writing />)
  await user.type(screen.getByRole('textbox', { name: 'Teksti' }), 'bussissa')
  expect(await screen.findByText(/ei vielä palvelussa/, undefined, { timeout: 20_000 })).toBeTruthy()
  away = false
  expect(await screen.findByText('✓ Luonnos tallennettu', undefined, { timeout: 20_000 })).toBeTruthy()
})
