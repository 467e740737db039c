import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetPlaces, keepPlace, keptPlace, sendPlace, sendPlaces } from './places'

const sent: unknown[] = []
let answer: () => Response = () => new Response(null, { status: 204 })

beforeEach(() => {
  sent.length = 0
  answer = () => new Response(null, { status: 204 })
  vi.stubGlobal('fetch', async (request: Request) => {
    const given = answer()
    sent.push({ path: new URL(request.url).pathname, ...JSON.parse(await request.text()) })
    return given
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

const at = (position: number, time: number) => ({ activity: 'm1', position, at: time })

test('only the newest place of a course waits, and it is sent with its time', async () => {
  keepPlace('p', 'c', at(100, 1))
  keepPlace('p', 'c', at(300, 2))
  keepPlace('p', 'd', at(5, 3))
  await sendPlaces('p')
  expect(sent).toEqual([
    { path: '/api/courses/c/place', ...at(300, 2) },
    { path: '/api/courses/d/place', ...at(5, 3) },
  ])
  expect(keptPlace('p', 'c')).toBeUndefined()
})

test('what was reached while a place was on its way stays', async () => {
  keepPlace('p', 'c', at(100, 1))
  answer = () => {
    keepPlace('p', 'c', at(200, 2))
    return new Response(null, { status: 204 })
  }
  await sendPlace('p', 'c', at(100, 1))
  expect(keptPlace('p', 'c')).toEqual(at(200, 2))
})

test('without a network it waits', async () => {
  keepPlace('p', 'c', at(100, 1))
  answer = () => {
    throw new TypeError('no network')
  }
  await expect(sendPlaces('p')).rejects.toMatchObject({ code: 'network' })
  expect(keptPlace('p', 'c')).toEqual(at(100, 1))
})

test.each([
  { status: 503, stays: true },
  { status: 429, stays: true },
  { status: 401, stays: true },
  { status: 404, stays: false },
  { status: 400, stays: false },
])('$status: stays is $stays', async ({ status, stays }) => {
  keepPlace('p', 'c', at(100, 1))
  answer = () => new Response('{"code":"x"}', { status })
  await sendPlaces('p').catch(() => undefined)
  expect(keptPlace('p', 'c') !== undefined).toBe(stays)
})

test('nobody keeps those of others, and what is no place is none', () => {
  keepPlace('p', 'c', at(100, 1))
  keepPlace('q', 'c', at(200, 2))
  forgetPlaces('p')
  expect(keptPlace('p', 'c')).toEqual(at(100, 1))
  expect(keptPlace('q', 'c')).toBeUndefined()
  forgetPlaces()
  expect(localStorage).toHaveLength(0)
  localStorage.setItem('luotsi:place:p:c', '{"position":1}')
  expect(keptPlace('p', 'c')).toBeUndefined()
  localStorage.setItem('luotsi:place:p:c', 'no json')
  expect(keptPlace('p', 'c')).toBeUndefined()
})
