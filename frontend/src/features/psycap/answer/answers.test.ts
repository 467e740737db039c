import { describe, expect, it } from 'vitest'
import { answering, blanks, fromServer, readAnswers, toSend, writeAnswers } from './answers'

const ITEMS = [
  { id: 'a', values: [1, 2, 3, 4, 5, 6] },
  { id: 'b', values: [0, 10] },
  { id: 'c', values: [1, 4, 7] },
]

describe('answers to a measure', () => {
  it.each([
    ['nothing', '', {}],
    ['what is no draft', '{', {}],
    ['a text', '"a"', {}],
    ['a 0 is an answer', '{"b":0}', { b: 0 }],
    ['a refusal', '{"a":"refused"}', { a: 'refused' }],
    ['values beside the scale', '{"a":0,"b":11,"c":2}', {}],
    ['a question that is not asked any more', '{"x":3,"a":3}', { a: 3 }],
    ['another word', '{"a":"no"}', {}],
  ])('reads a draft: %s', (_, draft, want) => {
    expect(readAnswers(draft, ITEMS)).toEqual(want)
  })

  it('says again what it wrote', () => {
    const answers = { a: 3, b: 'refused' } as const
    expect(readAnswers(writeAnswers(answers), ITEMS)).toEqual(answers)
    expect(fromServer(toSend(ITEMS, answers))).toEqual(answers)
    expect(writeAnswers({})).toBe('')
  })

  it('leaves a question blank again', () => {
    const answers = answering(answering({}, 'b', 0), 'a', 'refused')
    expect(blanks(ITEMS, answers)).toEqual([3])
    expect(blanks(ITEMS, answering(answers, 'b', undefined))).toEqual([2, 3])
    expect(toSend(ITEMS, answers)).toEqual([
      { item: 'a', refused: true },
      { item: 'b', value: 0 },
    ])
  })
})
