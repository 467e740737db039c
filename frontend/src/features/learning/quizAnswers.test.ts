import { expect, test } from 'vitest'
import type { Question } from './api'
import { readAnswers, toSend, unanswered, writeAnswers } from './quizAnswers'

function question(id: string, type: Question['type'], ...options: string[]): Question {
  return { id, type, text: id, options: options.map((option) => ({ id: option, text: option })) }
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
