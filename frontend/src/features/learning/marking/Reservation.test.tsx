import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useReservation } from './Reservation'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const after = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

/** A server that answers when it is told to, and what it was asked. */
function slow() {
  const asked: string[] = []
  const waiting: ((status: number) => void)[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname.split('/')[3]}`)
    return new Promise<Response>((resolve) => {
      waiting.push((status) =>
        resolve(
          status === 503
            ? Response.json({ status, code: 'unavailable' }, { status })
            : new Response(null, { status: 204 }),
        ),
      )
    })
  })
  const answer = async (status = 204) => {
    waiting.shift()?.(status)
    await after(0)
  }
  return { asked, answer }
}

test('a text that is left before its reservation came is put back when it has', async () => {
  const { asked, answer } = slow()
  const { unmount } = renderHook(() => useReservation({ submission: 'a' }))
  await after(0)
  unmount()
  await after(0)
  expect(asked).toEqual(['PUT a'])
  await answer()
  expect(asked).toEqual(['PUT a', 'DELETE a'])
  await answer()
})

test('what is put back is on its way before the same text is asked for again', async () => {
  const { asked, answer } = slow()
  const first = renderHook(() => useReservation({ submission: 'a' }))
  await after(0)
  await answer()
  expect(first.result.current.mine).toBe(true)
  first.unmount()
  const second = renderHook(() => useReservation({ submission: 'a' }))
  await after(0)
  expect(asked).toEqual(['PUT a', 'DELETE a'])
  await answer()
  expect(asked).toEqual(['PUT a', 'DELETE a', 'PUT a'])
  await answer()
  expect(second.result.current.mine).toBe(true)
  second.result.current.done()
  second.unmount()
  await after(0)
  expect(asked).toHaveLength(3)
})

test('a reservation that could not be asked for is asked for again, as long as the page is open', async () => {
  const { asked, answer } = slow()
  const { result, unmount } = renderHook(() => useReservation({ submission: 'a' }))
  await after(0)
  await answer(503)
  expect(result.current.mine).toBe(false)
  expect(result.current.problem).toBeUndefined()
  await after(2_999)
  expect(asked).toHaveLength(1)
  await after(1)
  await answer(503)
  await after(3_000)
  await answer()
  expect(asked).toEqual(['PUT a', 'PUT a', 'PUT a'])
  expect(result.current.mine).toBe(true)
  unmount()
  await after(0)
  expect(asked.at(-1)).toBe('DELETE a')
  await answer()

  const left = renderHook(() => useReservation({ submission: 'b' }))
  await after(0)
  left.unmount()
  await answer(503)
  await after(60_000)
  expect(asked.filter((one) => one.endsWith('b'))).toEqual(['PUT b'])
})
