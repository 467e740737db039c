import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseLanguage, startTexts } from '../i18n/i18n'
import { lengthText } from './lengths'

beforeAll(startTexts)

describe('how long something takes', () => {
  test.each([
    ['fi', 1, '1 min'],
    ['fi', 59, '59 min'],
    ['fi', 60, '1 t'],
    ['fi', 61, '1 t 1 min'],
    ['fi', 90, '1 t 30 min'],
    ['fi', 1620, '27 t'],
    ['sv', 360, '6 h'],
    ['en', 75, '1 h 15 min'],
  ] as const)('%s: %i minutes is %s', async (language, minutes, text) => {
    await chooseLanguage(language)
    expect(lengthText(i18next.t, minutes)).toBe(text)
  })
})
