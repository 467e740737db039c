import { expect, test } from 'vitest'
import { endsSession } from './session'

const exercise = (id: string, session: '1' | '2' | 'daily', done = 0, kind: 'steps' | 'goal' = 'steps') => ({
  id,
  session,
  kind,
  done: Array.from({ length: done }, () => ({})),
})

const first = exercise('first', '1')
const daily = exercise('daily', 'daily')

test.each([
  ['the others are done', first, [first, exercise('b', '1', 1), exercise('c', '1', 2)], true],
  ['one of the others is not', first, [first, exercise('b', '1', 1), exercise('c', '1')], false],
  ['it is the only one', first, [first], true],
  ['the other session does not matter', first, [first, exercise('b', '2')], true],
  ['nor does what is for every day', first, [first, daily], true],
  ['the goal may be there without its steps', first, [first, exercise('goal', '1', 0, 'goal')], true],
  ['what is for every day ends nothing', daily, [daily], false],
] as const)('a session ends with an exercise: %s', (_, one, all, ends) => {
  expect(endsSession(one, all)).toBe(ends)
})
