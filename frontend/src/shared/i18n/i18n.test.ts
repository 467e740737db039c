import i18next from 'i18next'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chooseLanguage, followLanguage, preferredLanguage, startTexts, textsArrived } from './i18n'
import { needed, needTexts } from './needed'

test.each([
  { chosen: 'sv', browser: ['fi-FI'], want: 'sv' },
  { chosen: null, browser: ['de-DE', 'sv-FI', 'fi'], want: 'sv' },
  { chosen: null, browser: ['EN-us'], want: 'en' },
  { chosen: null, browser: ['de'], want: 'fi' },
  { chosen: 'xx', browser: [], want: 'fi' },
])('chosen $chosen, browser $browser: $want', ({ chosen, browser, want }) => {
  expect(preferredLanguage(chosen, browser)).toBe(want)
})

describe('texts come when they are needed', () => {
  beforeEach(async () => {
    localStorage.setItem('luotsi:language', 'fi')
    needed.clear()
    needTexts('common')
    await startTexts()
  })
  afterEach(() => vi.doUnmock('./locales/sv/groups'))

  const has = (language: string, key: string) => i18next.exists(key, { lng: language })

  test('the start brings what is needed so far, in one language', () => {
    expect(has('fi', 'common.loading')).toBe(true)
    expect(has('fi', 'cohorts.none')).toBe(false)
    expect(has('sv', 'common.loading')).toBe(false)
  })

  test('what a page needs is there when it has arrived', async () => {
    needTexts('groups')
    await textsArrived()
    expect(has('fi', 'cohorts.none')).toBe(true)
    expect(has('sv', 'cohorts.none')).toBe(false)
  })

  test('another language brings everything that is needed', async () => {
    needTexts('groups')
    await chooseLanguage('sv')
    expect(i18next.language).toBe('sv')
    expect(has('sv', 'common.loading') && has('sv', 'cohorts.none')).toBe(true)
  })

  test('a page that comes while the language changes is there in both', async () => {
    const changed = chooseLanguage('sv')
    needTexts('groups')
    await textsArrived()
    expect(has('fi', 'cohorts.none') && has('sv', 'cohorts.none')).toBe(true)
    await changed
  })

  test('of two choices the last one holds', async () => {
    await Promise.all([chooseLanguage('sv'), chooseLanguage('en')])
    expect(i18next.language).toBe('en')
    expect(localStorage.getItem('luotsi:language')).toBe('en')
  })

  test('when texts cannot be fetched, the page keeps its language and can try again', async () => {
    vi.doMock('./locales/sv/groups', () => {
      throw new Error('no connection')
    })
    needTexts('groups')
    await expect(chooseLanguage('sv')).rejects.toThrow()
    await followLanguage('sv')
    expect(i18next.language).toBe('fi')
    expect(localStorage.getItem('luotsi:language')).toBe('fi')
    await textsArrived()
    expect(has('fi', 'cohorts.none')).toBe(true)

    vi.doUnmock('./locales/sv/groups')
    await chooseLanguage('sv')
    expect(i18next.language).toBe('sv')
  })
})
