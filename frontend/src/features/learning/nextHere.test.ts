import { expect, test } from 'vitest'
import type { Course } from './api'
import { nextHere } from './nextHere'

type Line = Course['modules'][number]['activities'][number]

const line = (id: string, part: Partial<Line> = {}) =>
  ({
    id,
    title: id.toUpperCase(),
    kind: 'lesson',
    minutes: 10,
    done: false,
    state: 'not_started',
    locks: [],
    ...part,
  }) as unknown as Line

const course = (...activities: Line[]) =>
  ({
    modules: [
      { id: 'm0', title: 'Ensin', activities: [line('read', { done: true })] },
      { id: 'm1', title: 'Sitten', activities },
    ],
    continue: { activity: 'a', title: 'A', minutes: 4 },
  }) as unknown as Course

const lines = [
  line('a'),
  line('b'),
  line('day', { kind: 'contact' }),
  line('locked', { locks: [{ opens: '2027-01-01' }] as Line['locks'] }),
  line('asked', { state: 'waits' }),
  line('think', { kind: 'reflection' }),
]

test.each<[string, { activity: string } | undefined, string[], string | undefined]>([
  ['without a place: what the server said', undefined, [], 'a'],
  ['the place of this browser', { activity: 'b' }, [], 'b'],
  ['a reflection that was begun', { activity: 'think' }, [], 'think'],
  ['the place was finished here', { activity: 'b' }, ['b'], 'a'],
  ['what the server said was finished here', undefined, ['a'], 'b'],
  ['a place that was read long ago', { activity: 'read' }, [], 'a'],
  ['a place that is locked', { activity: 'locked' }, [], 'a'],
  ['a place that waits for a trainer', { activity: 'asked' }, [], 'a'],
  ['a contact day', { activity: 'day' }, [], 'a'],
  ['a place that the course has no more', { activity: 'gone' }, [], 'a'],
  ['all is done here', undefined, ['a', 'b'], undefined],
])('%s', (_, place, handedIn, want) => {
  expect(nextHere(course(...lines), place, new Set(handedIn))?.activity).toBe(want)
})

test('says of the place what the server would', () => {
  expect(
    nextHere(course(...lines), { activity: 'b', second: 42 } as { activity: string }, new Set()),
  ).toEqual({
    activity: 'b',
    module: 'm1',
    moduleTitle: 'Sitten',
    title: 'B',
    kind: 'lesson',
    minutes: 10,
    moduleNumber: 2,
    number: 2,
    second: 42,
  })
  expect(nextHere(course(...lines), undefined, new Set())).toEqual(course(...lines).continue)
})
