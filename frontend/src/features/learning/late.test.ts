import { afterEach, expect, test } from 'vitest'
import { keepLocally, keptLocally, lateTexts } from '../../shared/drafts/local'
import type { Attempt } from './api'
import { answersIn, missedBy, setAsideLate } from './late'
import { type Answers, readDraft } from './quizAnswers'

afterEach(() => localStorage.clear())

const SUBJECT = 'kurssi.testi'
const draft = (attempt: string | undefined) =>
  JSON.stringify({ ...(attempt && { _attempt: attempt }), q1: ['a'] })

test.each([
  { name: 'of an attempt that is over', text: draft('a1'), open: 'a2', late: true, stays: false },
  { name: 'when none is open', text: draft('a1'), open: undefined, late: true, stays: false },
  { name: 'of the open attempt', text: draft('a2'), open: 'a2', late: false, stays: true },
  { name: 'of a quiz without attempts', text: draft(undefined), open: 'a2', late: false, stays: true },
  { name: 'a text of another kind', text: 'kirje', open: 'a2', late: false, stays: true },
])('a kept draft $name', ({ text, open, late, stays }) => {
  keepLocally('p', SUBJECT, { text, rev: 3 })
  setAsideLate('p', SUBJECT, open)
  expect(lateTexts('p')).toEqual(late ? [{ subject: SUBJECT, text }] : [])
  expect(lateTexts('q')).toEqual([])
  expect(keptLocally('p', SUBJECT) !== undefined).toBe(stays)
})

test('what the server has of an attempt that is over needs no keeping', () => {
  keepLocally('p', SUBJECT, { text: draft('a1'), rev: 3, saved: true })
  setAsideLate('p', SUBJECT, 'a2')
  expect(lateTexts('p')).toEqual([])
  expect(keptLocally('p', SUBJECT)).toBeUndefined()
})

const question = (id: string, type: 'multiple' | 'ordering' | 'text') => ({
  id,
  type,
  text: id,
  points: 1,
  lefts: [],
  options: [],
})
const answer = (id: string, chosen: string[], text = '') => ({
  question: id,
  chosen,
  text,
  correct: false,
  points: 0,
  max: 1,
  waits: false,
  right: [],
  options: [],
})
const attempt = {
  questions: [question('q1', 'multiple'), question('q2', 'ordering'), question('q3', 'text')],
  answers: [answer('q1', ['a', 'b']), answer('q2', ['x', 'y']), answer('q3', [], 'sana')],
} as unknown as Attempt

test.each([
  { name: 'the same', answers: { q1: ['b', 'a'], q2: ['x', 'y'], q3: ' sana ' }, missed: [] },
  { name: 'fewer', answers: { q1: ['a', 'b'] }, missed: [] },
  { name: 'another choice', answers: { q1: ['a'] }, missed: ['q1'] },
  { name: 'another order', answers: { q2: ['y', 'x'] }, missed: ['q2'] },
  { name: 'another word', answers: { q3: 'toinen' }, missed: ['q3'] },
  { name: 'a question it does not have', answers: { q9: 'x' }, missed: ['q9'] },
])('$name', ({ answers, missed }) => {
  expect(missedBy(answers as unknown as Answers, attempt)).toEqual(missed)
})

test('without an attempt all is missed', () => {
  expect(missedBy({ q1: ['a'] }, undefined)).toEqual(['q1'])
})

test('answers are read from a request and from a draft, and what is no answer is left out', () => {
  expect(
    answersIn(
      '{"answers":[{"question":"q1","options":["a"],"text":""},{"question":"q2","options":[],"text":"x"}]}',
    ),
  ).toEqual({ q1: ['a'], q2: 'x' })
  expect(readDraft('{"_attempt":"a1","q1":["a"],"q2":"x","q3":5,"q4":null}')).toEqual({ q1: ['a'], q2: 'x' })
  expect(readDraft('no json')).toEqual({})
})
