import { expect, it } from 'vitest'
import { stepShown } from './place'

it.each<[what: string, asked: number | undefined, reached: number, shown: number]>([
  ['nothing asked for: where it was left', undefined, 3, 3],
  ['a new one begins at the first', undefined, 1, 1],
  ['one that was done', 1, 3, 1],
  ['the first that is not done', 3, 3, 3],
  ['one further than that', 4, 3, 3],
  ['one that the exercise does not have', 99, 5, 5],
])('%s', (_, asked, reached, shown) => {
  expect(stepShown(asked, reached)).toBe(shown)
})
