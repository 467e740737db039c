import { expect, test } from 'vitest'
import type { Question } from './api'
import { type Answers, isNumber, readAnswers, toSend, unanswered, writeAnswers } from './quizAnswers'

function question(id: string, type: Question['type'], ...options: string[]): Question {
  return {
    id,
    type,
    text: id,
    points: 1,
    lefts: [],
    options: options.map((option) => ({ id: option, text: option })),
  }
}

const questions = [
  question('q1', 'single', 'a', 'b'),
  question('q2', 'multiple', 'a', 'b', 'c'),
  question('q3', 'text'),
]

test('what is written is read again', () => {
  const answers = { q1: ['b'], q2: ['a', 'c'], q3: 'sosiaaliohjaaja' }
  expect(readAnswers(writeAnswers(answers), questions)).toEqual(answers)
  expect(writeAnswers({})).toBe('')
})

test('what the questions no longer have is left out', () => {
  const draft = JSON.stringify({ q1: ['z'], q2: ['c', 'z', 'a'], q3: ['a'], q9: ['a'] })
  expect(readAnswers(draft, questions)).toEqual({ q2: ['a', 'c'] })
})

test('a single choice never has two answers', () => {
  expect(readAnswers('{"q1":["a","b"]}', questions)).toEqual({ q1: ['a'] })
})

test.each(['', 'null', '[]', '"x"', '{', '5'])('the draft %s is an empty one', (draft) => {
  expect(readAnswers(draft, questions)).toEqual({})
})

const parts = ['1', '2', '3'].map((id) => ({ id, text: `osa ${id}` }))
const every: Question[] = [
  { ...question('m', 'matching'), lefts: ['x', 'y', 'z'].map((id) => ({ id, text: id })), options: parts },
  { ...question('o', 'ordering'), options: parts },
  question('n', 'numeric'),
  question('w', 'open'),
  question('b', 'true_false', 'true', 'false'),
]

test('every type is read again, and a draft belongs to its attempt', () => {
  const answers = { m: ['2', '', '1'], o: ['2', '3', '1'], n: '6,8', w: 'Kysyisin.', b: ['false'] }
  const draft = writeAnswers(answers, 'a1')
  expect(readAnswers(draft, every, 'a1')).toEqual(answers)
  expect(readAnswers(draft, every, 'a2')).toEqual({})
  expect(readAnswers(draft, every)).toEqual({})
  expect(readAnswers(writeAnswers(answers), every, 'a1')).toEqual({})
})

test('an order without all items, or a pair with what is not there, is left out', () => {
  const draft = JSON.stringify({ o: ['1', '2'], m: ['9', '', ''], b: ['true', 'false'] })
  expect(readAnswers(draft, every)).toEqual({ b: ['true'] })
})

test('half of the pairs, and what is no number, is not answered yet', () => {
  const missing = (answers: Answers) => unanswered(every, answers).map((one) => one.id)
  const all = { m: ['2', '2', '1'], o: ['2', '3', '1'], n: '6,8', w: 'Kyllä.', b: ['false'] }
  expect(missing(all)).toEqual([])
  expect(missing({ ...all, m: ['2', '', '1'], n: 'kuusi' })).toEqual(['m', 'n'])
})

test.each(['6,8', '6.8', '-0,5', '+12', '\u22123', '1 000', '1\u00a0000,5', ',5', '7.'])(
  '%s is a number',
  (text) => {
    expect(isNumber(text)).toBe(true)
  },
)

test.each(['', '-', ',', '1,2,3', '1e9', '6,8 %', 'kuusi', '1--2'])('"%s" is no number', (text) => {
  expect(isNumber(text)).toBe(false)
})

test('blank text is no answer', () => {
  const missing = unanswered(questions, { q1: ['a'], q2: [], q3: '  ' })
  expect(missing.map((one) => one.id)).toEqual(['q2', 'q3'])
})

test('every question is sent exactly once', () => {
  expect(toSend(questions, { q1: ['a'], q3: ' hoitaja ' })).toEqual([
    { question: 'q1', options: ['a'], text: '' },
    { question: 'q2', options: [], text: '' },
    { question: 'q3', options: [], text: 'hoitaja' },
  ])
})
