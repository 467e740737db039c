import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addWrite, type Entry, forgetPerson, keepAnswer, keptAnswer, tidyOthers, writesOf } from './database'
import { type NewWrite, Queue, type QueueOptions } from './queue'

let people = 0
let person = ''
const open: Queue[] = []

beforeEach(() => {
  people += 1
  person = `person-${people}`
})

afterEach(() => {
  for (const queue of open.splice(0)) queue.close()
})

/** A server that does what comes under a key once, and answers the same again when it comes again. */
function server() {
  const done: string[] = []
  const came: string[] = []
  const world = {
    away: false,
    /** The answer to the next requests is lost on the way, after the server has done them. */
    loses: 0,
    refuses: new Map<string, number>(),
    done,
    came,
    send: async (request: Request): Promise<Response> => {
      if (world.away) throw new Error('no network')
      const key = request.headers.get('Idempotency-Key') ?? ''
      const what = `${new URL(request.url).pathname} ${await request.text()}`.trim()
      came.push(what)
      const refusal = world.refuses.get(what)
      if (refusal !== undefined) return new Response(`{"code":"refused_${refusal}"}`, { status: refusal })
      if (!keys.has(key)) done.push(what)
      keys.add(key)
      if (world.loses > 0) {
        world.loses -= 1
        throw new Error('lost on the way')
      }
      return new Response(`{"did":${JSON.stringify(what)}}`, { status: 201 })
    },
  }
  const keys = new Set<string>()
  return world
}

function queueOf(send: QueueOptions['send'], options: Partial<QueueOptions> = {}): Queue {
  const queue = new Queue({
    person,
    send,
    onChanged: () => undefined,
    onArrived: async () => undefined,
    onReached: () => undefined,
    afterwards: async () => undefined,
    onSignedOut: () => undefined,
    ...options,
  })
  open.push(queue)
  return queue
}

function write(activity: string, body = ''): NewWrite {
  return {
    key: crypto.randomUUID(),
    method: 'POST',
    path: `/api/${activity}`,
    body,
    about: { kind: 'text', course: 'c', activity },
  }
}

test('with a network the page gets the answer, and nothing is kept', async () => {
  const world = server()
  const answer = await queueOf(world.send).write(write('a', '{"text":"x"}'))
  expect(answer.status).toBe(201)
  expect(await answer.json()).toEqual({ did: '/api/a {"text":"x"}' })
  expect(await writesOf(person)).toEqual([])
})

test('without one the writes are kept, and sent once and in order when it is back', async () => {
  const world = server()
  world.away = true
  const arrived: string[] = []
  const queue = queueOf(world.send, { onArrived: async ({ about }) => arrived.push(about.activity) })
  for (const activity of ['a', 'b', 'c']) {
    await expect(queue.write(write(activity))).rejects.toMatchObject({ code: 'kept' })
  }
  expect((await writesOf(person)).map((entry) => entry.about.activity)).toEqual(['a', 'b', 'c'])
  world.away = false
  await queue.run()
  expect(world.done).toEqual(['/api/a', '/api/b', '/api/c'])
  expect(arrived).toEqual(['a', 'b', 'c'])
  expect(await writesOf(person)).toEqual([])
})

test('it tries again by itself', async () => {
  const world = server()
  world.away = true
  const queue = queueOf(world.send)
  await expect(queue.write(write('a'))).rejects.toMatchObject({ code: 'kept' })
  world.away = false
  await vi.waitFor(() => expect(world.done).toEqual(['/api/a']), { timeout: 10_000 })
})

test('an answer that is lost on the way does nothing twice', async () => {
  const world = server()
  world.loses = 2
  const queue = queueOf(world.send)
  await expect(queue.write(write('a'))).rejects.toMatchObject({ code: 'kept' })
  await queue.run()
  await queue.run()
  expect(world.came).toEqual(['/api/a', '/api/a', '/api/a'])
  expect(world.done).toEqual(['/api/a'])
})

test('a page that ended in the middle is taken up by the next, under the same key', async () => {
  const world = server()
  const never = queueOf(() => new Promise(() => undefined))
  void never.write(write('a')).catch(() => undefined)
  await vi.waitFor(async () => expect((await writesOf(person))[0]?.tried).toBeDefined())
  const [begun] = await writesOf(person)
  // The server had done it when the page ended.
  await world.send(
    new Request('http://localhost/api/a', {
      method: 'POST',
      headers: { 'Idempotency-Key': begun?.key ?? '' },
    }),
  )
  never.close()
  await queueOf(world.send).run()
  expect(world.came).toHaveLength(2)
  expect(world.done).toEqual(['/api/a'])
})

test('two pages that send at the same time send each write once', async () => {
  const taken = new Map<string, Promise<unknown>>()
  const request = (name: string, act: () => Promise<unknown>) => {
    const turn = (taken.get(name) ?? Promise.resolve()).then(act)
    taken.set(
      name,
      turn.catch(() => undefined),
    )
    return turn
  }
  vi.stubGlobal('navigator', { ...navigator, locks: { request } })
  const world = server()
  for (const activity of ['a', 'b', 'c']) {
    await addWrite(person, { ...write(activity), at: Date.now() })
  }
  const [one, other] = [queueOf(world.send), queueOf(world.send)]
  const [, answer] = await Promise.all([one.run(), other.write(write('d')), one.run(), other.run()])
  expect(world.came).toEqual(['/api/a', '/api/b', '/api/c', '/api/d'])
  expect(answer.status).toBe(201)
  vi.unstubAllGlobals()
})

test('a page hears what another page was answered for it', async () => {
  const world = server()
  let turn: () => void = () => undefined
  const slow = queueOf(async (request) => {
    await new Promise<void>((resolve) => {
      turn = resolve
    })
    return world.send(request)
  })
  // Its own turn never comes: the other one has it.
  vi.stubGlobal('navigator', { ...navigator, locks: { request: () => new Promise(() => undefined) } })
  const waits = queueOf(world.send)
  const answer = waits.write(write('a'))
  await vi.waitFor(async () => expect(await writesOf(person)).toHaveLength(1))
  vi.stubGlobal('navigator', { ...navigator, locks: undefined })
  const sent = slow.run()
  await vi.waitFor(() => expect(turn).not.toBeUndefined())
  await vi.waitFor(() => {
    turn()
    expect(world.came).toHaveLength(1)
  })
  await sent
  expect((await answer).status).toBe(201)
  vi.unstubAllGlobals()
})

test('a refusal is the page’s own matter when it waits for it', async () => {
  const world = server()
  world.refuses.set('/api/a', 409)
  const answer = await queueOf(world.send).write(write('a'))
  expect(answer.status).toBe(409)
  expect(await writesOf(person)).toEqual([])
})

test('a refusal of what was kept stays with its text, holds back the same activity and no other', async () => {
  const world = server()
  world.away = true
  let shown: Entry[] = []
  const queue = queueOf(world.send, {
    onChanged: (writes) => {
      shown = writes
    },
  })
  for (const [activity, body] of [
    ['a', '{"text":"eka"}'],
    ['a', '{"text":"toka"}'],
    ['b', ''],
  ] as const) {
    await expect(queue.write(write(activity, body))).rejects.toMatchObject({ code: 'kept' })
  }
  world.away = false
  world.refuses.set('/api/a {"text":"eka"}', 422)
  await queue.run()
  expect(world.done).toEqual(['/api/b'])
  expect(shown.map((entry) => [entry.body, entry.refused?.code])).toEqual([
    ['{"text":"eka"}', 'refused_422'],
    ['{"text":"toka"}', undefined],
  ])
  await queue.discard(shown[0]?.id ?? 0)
  expect(world.done).toEqual(['/api/b', '/api/a {"text":"toka"}'])
  expect(shown).toEqual([])
})

test('what came too late holds nothing back', async () => {
  const world = server()
  const queue = queueOf(world.send)
  for (const code of ['time_over', 'attempt_over']) {
    await addWrite(person, { ...write('a', code), at: 1, refused: { status: 409, code, body: null } })
  }
  await expect(queue.write(write('a', 'uusi'))).resolves.toMatchObject({ status: 201 })
  expect(world.done).toEqual(['/api/a uusi'])
  expect((await writesOf(person)).map(({ body }) => body)).toEqual(['time_over', 'attempt_over'])
})

test('the same once more while it waits is one wish; after something else, or after a refusal, it is another', async () => {
  const world = server()
  world.away = true
  const queue = queueOf(world.send)
  const make = (activity: string, body: string) =>
    expect(queue.write(write(activity, body))).rejects.toMatchObject({ code: 'kept' })
  await make('a', '{"privacy":"done"}')
  await make('a', '{"privacy":"done"}')
  await make('b', '{"privacy":"done"}')
  await make('a', '{"privacy":"done"}')
  await make('a', '{"privacy":"private"}')
  await make('a', '{"privacy":"done"}')
  expect((await writesOf(person)).map((entry) => `${entry.about.activity} ${entry.body}`)).toEqual([
    'a {"privacy":"done"}',
    'b {"privacy":"done"}',
    'a {"privacy":"private"}',
    'a {"privacy":"done"}',
  ])
  const refused = { status: 409, code: 'x', body: null }
  await addWrite(person, { ...write('c'), at: 1, refused })
  await addWrite(person, { ...write('c'), at: 2 })
  expect((await writesOf(person)).filter((entry) => entry.about.activity === 'c')).toHaveLength(2)
})

test('two pages that make the same wish at once hear that it is done', async () => {
  const world = server()
  const queue = queueOf(world.send)
  const wishes = await Promise.allSettled([queue.write(write('a')), queue.write(write('a'))])
  expect(wishes[0]).toMatchObject({ value: { status: 201 } })
  expect(world.done).toEqual(['/api/a'])
})

test.each(['viewed', 'read'] as const)('a refused “%s” goes: its page says it again', async (kind) => {
  const world = server()
  world.refuses.set('/api/a', 404)
  const { about, ...rest } = write('a')
  await addWrite(person, { ...rest, about: { ...about, kind }, at: 1 })
  const arrived: string[] = []
  await queueOf(world.send, { onArrived: async (entry) => arrived.push(entry.about.kind) }).run()
  expect(await writesOf(person)).toEqual([])
})

test('a write that is sent once more may be another request', async () => {
  const world = server()
  await addWrite(person, { ...write('a', '1'), at: 1, refused: { status: 409, code: 'x', body: null } })
  const [before] = await writesOf(person)
  await queueOf(world.send).retry(before?.id ?? 0, { method: 'PUT', path: '/api/a/plan', body: '2' })
  expect(world.done).toEqual(['/api/a/plan 2'])
})

test('what another device came before stays with both texts, also when the page that made it is there', async () => {
  const said = { code: 'written_since', info: { at: 5, text: 'puhelimella' } }
  const queue = queueOf(async () => new Response(JSON.stringify(said), { status: 409 }))
  await expect(queue.write(write('a', '{"text":"koneella"}'))).rejects.toMatchObject({ code: 'kept' })
  expect((await writesOf(person)).map(({ body, refused }) => ({ body, refused }))).toEqual([
    { body: '{"text":"koneella"}', refused: { status: 409, code: 'written_since', body: said } },
  ])
})

test('a refused write that is sent once more is a new wish', async () => {
  const world = server()
  await addWrite(person, { ...write('a'), at: 1, tried: 1, refused: { status: 409, code: 'x', body: null } })
  const queue = queueOf(world.send)
  const [before] = await writesOf(person)
  await queue.run()
  expect(world.came).toEqual([])
  let key = ''
  const once = queueOf(async (request) => {
    key = request.headers.get('Idempotency-Key') ?? ''
    return world.send(request)
  })
  await once.retry(before?.id ?? 0)
  expect(world.done).toEqual(['/api/a'])
  expect(key).not.toBe(before?.key)
})

test('what was first sent so long ago that the server may have forgotten it waits for the person', async () => {
  const world = server()
  const now = Date.now()
  const day = 24 * 3_600_000
  await addWrite(person, { ...write('a'), at: now - 40 * day, tried: now - 29 * day - 60_000 })
  await addWrite(person, { ...write('b'), at: now - 40 * day, tried: now - 29 * day + 60_000 })
  await addWrite(person, { ...write('c'), at: now - 40 * day })
  await queueOf(world.send).run()
  expect(world.done).toEqual(['/api/b', '/api/c'])
  expect((await writesOf(person)).map((entry) => entry.refused?.code)).toEqual(['too_old'])
})

test.each([502, 503, 504, 429])('%i is no refusal', async (status) => {
  const queue = queueOf(async () => new Response(null, { status }))
  await expect(queue.write(write('a'))).rejects.toMatchObject({ code: 'kept' })
  expect((await writesOf(person)).map((entry) => entry.refused)).toEqual([undefined])
})

test('when the session has ended it waits for its person', async () => {
  const onSignedOut = vi.fn()
  const away = queueOf(async () => new Response('{"code":"signed_out"}', { status: 401 }), { onSignedOut })
  await expect(away.write(write('a'))).rejects.toMatchObject({ code: 'kept' })
  await vi.waitFor(() => expect(onSignedOut).toHaveBeenCalledTimes(1))
  away.close()
  const world = server()
  const names: (string | null)[] = []
  await queueOf(async (request) => {
    names.push(request.headers.get('Luotsi-Person'))
    return world.send(request)
  }).run()
  expect(world.done).toEqual(['/api/a'])
  expect(names).toEqual([person])
})

test('nobody finds what another has in this browser; copies go, unsent work stays for its own person', async () => {
  await keepAnswer('anna', '/api/learning', '{}')
  await keepAnswer('bertta', '/api/learning', '{}')
  await addWrite('bertta', { ...write('a'), at: 1 })
  await keepAnswer(person, '/api/learning', '{"mine":1}')
  expect(await writesOf(person)).toEqual([])
  await tidyOthers(person)
  const names = (await indexedDB.databases()).map(({ name }) => name)
  expect(names).not.toContain('luotsi:anna')
  expect(await keptAnswer('bertta', '/api/learning')).toBeUndefined()
  expect(await writesOf('bertta')).toHaveLength(1)
  expect((await keptAnswer(person, '/api/learning'))?.text).toBe('{"mine":1}')
  await forgetPerson(person)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`luotsi:${person}`)
})

test('copies of what was read give way when there is no more room; a write that can not be stored says so', async () => {
  await keepAnswer(person, '/api/learning', '{}')
  const world = server()
  const queue = queueOf(world.send)
  const add = vi.spyOn(IDBObjectStore.prototype, 'add')
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  add.mockImplementationOnce(full)
  expect((await queue.write(write('a'))).status).toBe(201)
  expect(await keptAnswer(person, '/api/learning')).toBeUndefined()
  add.mockImplementationOnce(full).mockImplementationOnce(full)
  await expect(queue.write(write('b'))).rejects.toMatchObject({ name: 'QuotaExceededError' })
  expect(world.done).toEqual(['/api/a'])
  add.mockRestore()
})

test('after long waits, a network that may be back is tried again soon', async () => {
  const world = server()
  world.away = true
  const queue = queueOf(world.send)
  await expect(queue.write(write('a'))).rejects.toMatchObject({ code: 'kept' })
  const waits = vi.spyOn(globalThis, 'setTimeout')
  const longest = () => Math.max(...waits.mock.calls.map(([, wait]) => wait ?? 0))
  await queue.run()
  await queue.run()
  expect(longest()).toBe(8_000)
  waits.mockClear()
  await queue.hurry()
  expect(longest()).toBe(2_000)
  world.away = false
  await queue.hurry()
  expect(world.done).toEqual(['/api/a'])
  waits.mockRestore()
})

test('a page that is closed while it sends fails nothing, and the write is done once', async () => {
  const world = server()
  let leave = (): void => undefined
  const queue = queueOf(async (request) => {
    leave()
    return world.send(request)
  })
  leave = () => queue.close()
  await addWrite(person, { ...write('a'), at: Date.now() })
  await expect(queue.run()).resolves.toBeUndefined()
  await queueOf(world.send).run()
  expect(world.done).toEqual(['/api/a'])
  expect(await writesOf(person)).toEqual([])
})

test('what another page of the browser has sent is read anew here too, and there is a network', async () => {
  const world = server()
  const arrived: string[] = []
  let reached = 0
  queueOf(world.send, {
    onArrived: async (entry) => arrived.push(entry.about.activity),
    onReached: () => {
      reached += 1
    },
  })
  await addWrite(person, { ...write('a'), at: Date.now() })
  await queueOf(world.send).run()
  await vi.waitFor(() => expect(arrived).toEqual(['a']))
  expect(reached).toBe(1)
})
