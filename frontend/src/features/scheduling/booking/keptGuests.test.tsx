import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { forgetDraftsOf, keepInTab } from '../../../shared/drafts/local'
import type { Guest } from './api'
import { keptGuests, useGuests } from './keptGuests'

const kaisa: Guest = { name: 'Kaisa Kela', email: 'kaisa@example.org', role: 'professional', language: 'fi' }

beforeEach(() => sessionStorage.clear())

test('guests are kept for a reload, and forgotten by who leaves the page', () => {
  const { result, unmount } = renderHook(() => useGuests('me'))
  expect(result.current[0]).toEqual([])
  act(() => result.current[1]([kaisa]))
  expect(keptGuests('me')).toEqual([kaisa])
  expect(keptGuests('somebody else')).toEqual([])
  unmount()
  expect(keptGuests('me')).toEqual([])
})

test.each([
  'no JSON',
  '{}',
  '[null]',
  '[{"name":"Kaisa"}]',
  '[{"name":"K","email":"k","role":"admin","language":"fi"}]',
])('what can not be read is nobody: %s', (text) => {
  keepInTab('me', 'booking.guests', text)
  expect(keptGuests('me')).toEqual([])
})

test('signing out forgets them', () => {
  keepInTab('me', 'booking.guests', JSON.stringify([kaisa]))
  forgetDraftsOf('me')
  expect(keptGuests('me')).toEqual([])
})
