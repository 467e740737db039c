import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import { Problem } from './problem'
import { useWrite } from './useWrite'

const queries = new QueryClient()

function wrapper({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}

test('a write that got no answer is sent again under the same key', async () => {
  const keys: string[] = []
  const send = vi.fn(async (_: string, key: string) => {
    keys.push(key)
    if (keys.length < 3) throw new Problem(503, 'unavailable', [], 0.2)
    return 'done'
  })
  const { result } = renderHook(() => useWrite({ send }), { wrapper })
  act(() => result.current.start('text'))
  await waitFor(() => expect(result.current.waiting).toBe(true))
  await waitFor(() => expect(result.current.output).toBe('done'))
  expect(new Set(keys).size).toBe(1)
  expect(keys).toHaveLength(3)
  expect(result.current.waiting).toBe(false)
})

test('a refusal is final', async () => {
  const send = vi.fn().mockRejectedValue(new Problem(409, 'time_taken'))
  const onRefused = vi.fn()
  const { result } = renderHook(() => useWrite({ send, onRefused }), { wrapper })
  act(() => result.current.start('text'))
  await waitFor(() => expect(result.current.problem?.code).toBe('time_taken'))
  expect(send).toHaveBeenCalledTimes(1)
  expect(onRefused).toHaveBeenCalledTimes(1)
})

test('a double click is one write; the next wish has another key', async () => {
  const send = vi.fn(async (_: string, key: string) => key)
  const { result } = renderHook(() => useWrite({ send }), { wrapper })
  act(() => {
    result.current.start('text')
    result.current.start('text')
  })
  await waitFor(() => expect(result.current.busy).toBe(false))
  expect(send).toHaveBeenCalledTimes(1)
  act(() => result.current.start('text'))
  await waitFor(() => expect(send).toHaveBeenCalledTimes(2))
  expect(send.mock.calls[0]?.[1]).not.toBe(send.mock.calls[1]?.[1])
})
