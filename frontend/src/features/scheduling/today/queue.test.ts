import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Problem } from '../../../shared/http/problem'
import { AnswerQueue, type Choice, UNDO_MS } from './queue'

type Sent = { id: string; choice: Choice; key: string }

function queueThat(answers: (nth: number) => Promise<unknown> = async () => undefined) {
  const sent: Sent[] = []
  const settled: string[] = []
  let keys = 0
  const queue = new AnswerQueue<{ id: string }>({
    send: (id, choice, key) => {
      sent.push({ id, choice, key })
      return answers(sent.length)
    },
    onSettled: ({ id }) => settled.push(id),
    newKey: () => {
      keys += 1
      return `key-${keys}`
    },
  })
  return { queue, sent, settled, state: (id: string) => queue.snapshot().get(id)?.state }
}

const yes: Choice = { answer: 'accepted' }
const no: Choice = { answer: 'declined', reason: 'illness' }

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('an answer leaves after ten seconds and not a millisecond earlier', async () => {
  const { queue, sent, settled, state } = queueThat()
  queue.give({ id: 'a' }, yes)
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1)
  expect([sent.length, state('a')]).toEqual([0, 'waiting'])
  await vi.advanceTimersByTimeAsync(1)
  expect([sent, state('a'), settled]).toEqual([[{ id: 'a', choice: yes, key: 'key-1' }], 'sent', ['a']])
})

test('what was taken back never leaves', async () => {
  const { queue, sent, state } = queueThat()
  queue.give({ id: 'a' }, yes)
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1)
  queue.undo('a')
  await vi.advanceTimersByTimeAsync(UNDO_MS * 2)
  queue.flush()
  expect([sent.length, state('a')]).toEqual([0, undefined])
})

test('several wait at once, each for itself', async () => {
  const { queue, sent } = queueThat()
  queue.give({ id: 'a' }, yes)
  await vi.advanceTimersByTimeAsync(4000)
  queue.give({ id: 'b' }, no)
  queue.give({ id: 'c' }, yes)
  queue.undo('c')
  await vi.advanceTimersByTimeAsync(6000)
  expect(sent.map(({ id }) => id)).toEqual(['a'])
  await vi.advanceTimersByTimeAsync(4000)
  expect(sent.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('a second tap changes nothing', async () => {
  const { queue, sent } = queueThat()
  queue.give({ id: 'a' }, yes)
  queue.give({ id: 'a' }, no)
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  queue.give({ id: 'a' }, no)
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(sent.map(({ choice }) => choice)).toEqual([yes])
})

test('hiding the page sends all that wait at once, and each once', async () => {
  const { queue, sent } = queueThat()
  queue.give({ id: 'a' }, yes)
  queue.give({ id: 'b' }, no)
  queue.flush()
  queue.flush()
  expect(sent.map(({ id }) => id)).toEqual(['a', 'b'])
  await vi.advanceTimersByTimeAsync(UNDO_MS * 2)
  expect(sent.length).toBe(2)
})

test('the time stands still while somebody is about to take it back', async () => {
  const { queue, sent } = queueThat()
  queue.give({ id: 'a' }, yes)
  await vi.advanceTimersByTimeAsync(7000)
  queue.hold('a')
  queue.hold('a')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent.length).toBe(0)
  expect(queue.snapshot().get('a')?.left).toBe(3000)
  queue.resume('a')
  queue.resume('a')
  await vi.advanceTimersByTimeAsync(2999)
  expect(sent.length).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(sent.length).toBe(1)
})

test('one that was held leaves with the others when the page goes', () => {
  const { queue, sent } = queueThat()
  queue.give({ id: 'a' }, yes)
  queue.hold('a')
  queue.flush()
  expect(sent.length).toBe(1)
})

describe('an answer that did not arrive', () => {
  const lost = new Problem(0, 'network')

  test('comes back and is given again under the same key', async () => {
    const { queue, sent, state, settled } = queueThat((nth) =>
      nth === 1 ? Promise.reject(lost) : Promise.resolve(),
    )
    queue.give({ id: 'a' }, yes)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect([state('a'), queue.snapshot().get('a')?.problem, settled]).toEqual(['failed', lost, ['a']])
    queue.give({ id: 'a' }, yes)
    expect(state('a')).toBe('waiting')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(sent.map(({ key }) => key)).toEqual(['key-1', 'key-1'])
    expect(state('a')).toBe('sent')
  })

  test('another answer goes under another key', async () => {
    const { queue, sent } = queueThat(() => Promise.reject(lost))
    queue.give({ id: 'a' }, yes)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    queue.give({ id: 'a' }, no)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(sent.map(({ key }) => key)).toEqual(['key-1', 'key-2'])
  })

  test('a refusal for good asks anew', async () => {
    const { queue, sent } = queueThat(() => Promise.reject(new Problem(409, 'already_cancelled')))
    queue.give({ id: 'a' }, yes)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    queue.give({ id: 'a' }, yes)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(sent.map(({ key }) => key)).toEqual(['key-1', 'key-2'])
  })

  test('is still told after the page was left and seen again; what is done is not', async () => {
    const { queue, sent, state } = queueThat((nth) => (nth === 2 ? Promise.reject(lost) : Promise.resolve()))
    queue.arrive()
    queue.give({ id: 'a' }, yes)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    for (const id of ['b', 'c']) queue.give({ id }, yes)
    queue.leave()
    await vi.advanceTimersByTimeAsync(0)
    queue.arrive()
    expect([sent.length, state('a'), state('b'), state('c')]).toEqual([3, undefined, 'failed', undefined])
    queue.forget('b')
    expect(state('b')).toBe(undefined)
  })
})

test('who listens hears of every change until they stop', () => {
  const { queue } = queueThat()
  const heard = vi.fn()
  const stop = queue.subscribe(heard)
  queue.give({ id: 'a' }, yes)
  queue.undo('a')
  stop()
  queue.give({ id: 'a' }, yes)
  expect(heard).toHaveBeenCalledTimes(2)
})
