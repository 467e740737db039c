import { expect, test } from 'vitest'
import { readPerMille } from './usePlace'

test.each([
  { name: 'nothing scrolled', top: 100, height: 3000, window: 800, want: 0 },
  { name: 'half way', top: -1300, height: 3000, window: 800, want: 500 },
  { name: 'the end is on the screen', top: -2300, height: 3000, window: 800, want: 1000 },
  { name: 'shorter than the window', top: 100, height: 300, window: 800, want: 1000 },
])('$name', ({ top, height, window, want }) => {
  expect(readPerMille(top, height, window)).toBe(want)
})
