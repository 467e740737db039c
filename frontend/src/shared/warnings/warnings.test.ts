import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { warningsIn } from './warnings'

// The server is held to the same cases.
const CASES = JSON.parse(readFileSync('../scheduling/testdata/warnings.json', 'utf8')) as {
  text: string
  want: string[]
}[]

test('the cases are there', () => expect(CASES.length).toBeGreaterThan(30))

test.each(CASES)('$text', ({ text, want }) => {
  expect(warningsIn(text).map((one) => `${one.kind} ${one.text}`)).toEqual(want)
})
