import { expect, test } from 'vitest'
import { longEnough } from './passwordRules'

test('fourteen characters are too few, fifteen enough, whatever they are', () => {
  expect(longEnough('a'.repeat(14))).toBe(false)
  expect(longEnough('a'.repeat(15))).toBe(true)
  expect(longEnough('yö äiti öljy åå')).toBe(true)
  expect(longEnough('🌊'.repeat(14))).toBe(false)
  expect(longEnough('🌊'.repeat(15))).toBe(true)
})
