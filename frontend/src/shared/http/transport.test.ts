import { expect, test, vi } from 'vitest'
import { Problem } from './problem'
import { makeTransport } from './transport'

const TOKEN_EXPIRED = { status: 401, code: 'token_expired' }

function answer(status: number, body?: unknown, headers?: Record<string, string>): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
}

function request(method: string, path = '/api/drafts/a'): Request {
  return new Request(new URL(path, location.origin), {
    method,
    ...(method !== 'GET' && { body: '{"rev":0}' }),
  })
}

function world(send: (request: Request, nth: number) => Response | Promise<Response>) {
  const sent: Request[] = []
  let newest = 0
  let keys = 0
  const transport = makeTransport({
    send: async (one) => {
      sent.push(one)
      return send(one, sent.length)
    },
    commit: {
      get: () => newest,
      saw: (commit) => {
        newest = Math.max(newest, commit)
      },
      forget: () => {
        newest = 0
      },
    },
    person: () => undefined,
    newKey: () => {
      keys += 1
      return `key-${keys}`
    },
  })
  return { sent, transport }
}

test('a write carries a key and the header that other sites cannot set', async () => {
  const { sent, transport } = world(() => answer(204))
  await transport(request('PUT'))
  expect(sent[0]?.headers.get('Luotsi-Request')).toBe('1')
  expect(sent[0]?.headers.get('Idempotency-Key')).toBe('key-1')
})

test('a read carries neither', async () => {
  const { sent, transport } = world(() => answer(200, {}))
  await transport(request('GET'))
  expect(sent[0]?.headers.has('Luotsi-Request')).toBe(false)
  expect(sent[0]?.headers.has('Idempotency-Key')).toBe(false)
})

test('after its own write a page asks for at least that commit, and never for less', async () => {
  const { sent, transport } = world((_, nth) =>
    answer(204, undefined, { 'Luotsi-Commit': nth === 1 ? '41' : '12' }),
  )
  await transport(request('PUT'))
  await transport(request('PUT'))
  await transport(request('GET'))
  expect(sent.map((one) => one.headers.get('Luotsi-Commit'))).toEqual([null, '41', '41'])
})

const BEHIND = { status: 503, code: 'behind' }

test('a server that is behind for a moment is asked again for the same commit', async () => {
  const { sent, transport } = world((_, nth) => {
    if (nth === 1) return answer(204, undefined, { 'Luotsi-Commit': '41' })
    return nth === 2 ? answer(503, BEHIND) : answer(200, {})
  })
  await transport(request('PUT'))
  expect((await transport(request('GET'))).status).toBe(200)
  expect(sent.map((one) => one.headers.get('Luotsi-Commit'))).toEqual([null, '41', '41'])
})

test('a server that stays behind was set up anew: the page goes on without the old commit', async () => {
  const { sent, transport } = world((one, nth) => {
    if (nth === 1) return answer(204, undefined, { 'Luotsi-Commit': '41' })
    return one.headers.has('Luotsi-Commit') ? answer(503, BEHIND) : answer(204)
  })
  await transport(request('PUT'))
  expect((await transport(request('PUT'))).status).toBe(204)
  await transport(request('GET'))
  expect(sent.map((one) => one.headers.get('Luotsi-Commit'))).toEqual([null, '41', '41', '41', null, null])
  expect(new Set(sent.slice(1, 5).map((one) => one.headers.get('Idempotency-Key'))).size).toBe(1)
})

test('the commit of a read is not taken for an own write', async () => {
  const { sent, transport } = world(() => answer(200, {}, { 'Luotsi-Commit': '99' }))
  await transport(request('GET'))
  await transport(request('GET'))
  expect(sent[1]?.headers.has('Luotsi-Commit')).toBe(false)
})

test('an expired token is renewed once and the same write sent again under the same key', async () => {
  const { sent, transport } = world((_, nth) =>
    nth === 1 ? answer(401, TOKEN_EXPIRED) : answer(200, { ok: true }),
  )
  const got = await transport(request('PUT'))
  expect(got.status).toBe(200)
  expect(sent.map((one) => new URL(one.url).pathname)).toEqual([
    '/api/drafts/a',
    '/api/session/renew',
    '/api/drafts/a',
  ])
  expect(sent[2]?.headers.get('Idempotency-Key')).toBe(sent[0]?.headers.get('Idempotency-Key'))
  expect(await sent[2]?.text()).toBe('{"rev":0}')
})

test('requests that expire together renew together', async () => {
  let renewed = false
  const { sent, transport } = world(async (one) => {
    if (one.url.endsWith('/renew')) {
      await Promise.resolve()
      renewed = true
      return answer(200, {})
    }
    return renewed ? answer(200, {}) : answer(401, TOKEN_EXPIRED)
  })
  const got = await Promise.all([
    transport(request('GET')),
    transport(request('GET')),
    transport(request('GET')),
  ])
  expect(got.map((one) => one.status)).toEqual([200, 200, 200])
  expect(sent.filter((one) => one.url.endsWith('/renew'))).toHaveLength(1)
})

test('when renewing is refused the first refusal is the answer', async () => {
  const { sent, transport } = world((one) =>
    one.url.endsWith('/renew') ? answer(401, { code: 'signed_out' }) : answer(401, TOKEN_EXPIRED),
  )
  const got = await transport(request('GET'))
  expect(got.status).toBe(401)
  expect(sent).toHaveLength(2)
})

test('other refusals are not renewed away', async () => {
  const { sent, transport } = world(() => answer(401, { code: 'signed_out' }))
  await transport(request('GET'))
  expect(sent).toHaveLength(1)
})

test('a lost network is a problem that may pass', async () => {
  const { transport } = world(() => {
    throw new TypeError('Failed to fetch')
  })
  const problem = await transport(request('GET')).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(Problem)
  expect(problem).toMatchObject({ status: 0, code: 'network', temporary: true })
})

test('a request that the page itself gave up stays what it is', async () => {
  const gaveUp = new DOMException('gone', 'AbortError')
  const { transport } = world(vi.fn().mockRejectedValue(gaveUp))
  await expect(transport(request('GET'))).rejects.toBe(gaveUp)
})
