import { expect, test } from 'vitest'
import { outcomeDraft, questionDraft, readOutcome, readQuestion } from './words'

test('a question comes back from its draft as it was', () => {
  const words = {
    kinds: ['work_ability' as const, 'other' as const],
    asked: 'Voiko?',
    known: 'a\nb',
    tried: '',
    consent: true,
  }
  expect(readQuestion(questionDraft(words))).toEqual(words)
})

test.each(['', 'ei JSON', 'null', '[]', '{"kinds":["bad"],"asked":7}'])('%s is an empty question', (text) => {
  expect(readQuestion(text)).toEqual({ kinds: [], asked: '', known: '', tried: '', consent: false })
})

test('an outcome comes back, and nothing written is no draft', () => {
  const words = {
    decided: 'x',
    actions: [{ who: 'client', what: 'soittaa', due: '2026-12-01' }],
    next: '',
    nextHow: 'puhelu',
  }
  expect(readOutcome(outcomeDraft(words))).toEqual(words)
  expect(outcomeDraft(readOutcome(''))).toBe('')
  expect(questionDraft(readQuestion(''))).toBe('')
  expect(readOutcome('{"actions":[null,{"who":1}]}').actions).toEqual([
    { who: '', what: '', due: '' },
    { who: '', what: '', due: '' },
  ])
})
