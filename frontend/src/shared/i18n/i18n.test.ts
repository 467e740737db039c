import { expect, test } from 'vitest'
import { preferredLanguage } from './i18n'

test.each([
  { chosen: 'sv', browser: ['fi-FI'], want: 'sv' },
  { chosen: null, browser: ['de-DE', 'sv-FI', 'fi'], want: 'sv' },
  { chosen: null, browser: ['EN-us'], want: 'en' },
  { chosen: null, browser: ['de'], want: 'fi' },
  { chosen: 'xx', browser: [], want: 'fi' },
])('chosen $chosen, browser $browser: $want', ({ chosen, browser, want }) => {
  expect(preferredLanguage(chosen, browser)).toBe(want)
})
