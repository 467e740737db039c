import { renderHook } from '@testing-library/react'
import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { chooseLanguage, startTexts } from '../i18n/i18n'
import { Problem } from './problem'
import { useFieldStatus, useProblemText } from './useProblemText'

beforeAll(startTexts)

function inFinnish(problem: Problem): string {
  return renderHook(() => useProblemText()).result.current(problem)
}

test('a known code is said in the language of the page', async () => {
  await chooseLanguage('fi')
  expect(inFinnish(new Problem(401, 'sign_in_failed'))).toBe('Sähköposti tai salasana on väärä.')
  await chooseLanguage('sv')
  expect(inFinnish(new Problem(401, 'sign_in_failed'))).toBe('E-postadressen eller lösenordet är fel.')
  await chooseLanguage('en')
  expect(inFinnish(new Problem(401, 'sign_in_failed'))).toBe('The email address or the password is wrong.')
})

test('an unknown code never shows itself', async () => {
  await chooseLanguage('fi')
  expect(inFinnish(new Problem(409, 'brand_new_code'))).toBe('Palvelu ei voinut tehdä tätä.')
  expect(inFinnish(new Problem(500, 'brand_new_code'))).toBe(
    'Palvelussa tapahtui virhe. Yritä hetken päästä uudelleen.',
  )
})

test('a wrong field is shown at its input with its limit', async () => {
  await chooseLanguage('fi')
  const problem = new Problem(400, 'invalid_request', [
    { name: 'text', code: 'max', limit: '20000' },
    { name: 'grants[0].role', code: 'oneof' },
    { name: 'name', code: 'something_new' },
  ])
  const fieldStatus = renderHook(() => useFieldStatus(problem)).result.current
  expect(fieldStatus('text')).toEqual({
    status: 'error',
    statusText: 'Liian pitkä tai suuri. Enintään 20000.',
  })
  expect(fieldStatus('grants')).toMatchObject({ statusText: 'Valitse jokin vaihtoehdoista.' })
  expect(fieldStatus('name')).toMatchObject({ statusText: 'Tarkista tämä kohta.' })
  expect(fieldStatus('email')).toEqual({ status: 'default' })
})

test('a problem names what is wrong even where no input shows it', async () => {
  await chooseLanguage('fi')
  const problem = new Problem(400, 'invalid_request', [
    { name: 'text', code: 'no_identity_code' },
    { name: 'to', code: 'ends_before_start' },
  ])
  expect(inFinnish(problem)).toBe(
    'Tarkista merkityt kohdat. Tekstissä on henkilötunnus. Poista se: Luotsiin ei tallenneta henkilötunnuksia. Loppuajan on oltava alkuajan jälkeen.',
  )
})

test('all languages say every problem', () => {
  for (const language of ['fi', 'sv', 'en']) {
    expect(i18next.exists('problems.no_such', { lng: language })).toBe(false)
    expect(i18next.getResource(language, 'texts', 'problems.time_taken')).toEqual(expect.any(String))
  }
})
