import { expect, test } from 'vitest'
import type { Field, Step } from './api'
import {
  draftText,
  fewer,
  finishText,
  hasTooLong,
  minutesFrom,
  placeIn,
  readDraft,
  waitingIn,
  withDone,
  withEasier,
  withValue,
} from './written'

const field = (id: string, kind: Field['kind'], least = 0): Field => ({
  id,
  kind,
  least,
  choices: [],
  min: 0,
  max: 0,
})
const six: Step[] = ['s1', 's2', 's3', 's4', 's5', 's6'].map((id) => ({
  id,
  minutes: 5,
  fields: [],
  easier: [],
}))

test('a draft keeps what is written, the variants and the steps; what is kept at the end is the writing alone', () => {
  let drafted = readDraft('')
  drafted = withValue(drafted, 's1', 'what', 'hei')
  drafted = withValue(drafted, 's1', 'rows', ['a', ''])
  drafted = withValue(drafted, 's2', 'sure', 0)
  drafted = withEasier(drafted, 's3', true)
  drafted = withDone(drafted, 's1', false)
  const again = readDraft(draftText(drafted))
  expect(again).toEqual(drafted)
  expect(JSON.parse(finishText(again))).toEqual({ s1: { what: 'hei', rows: ['a', ''] }, s2: { sure: 0 } })
  expect(withEasier(again, 's3', false).easier).toEqual({ s3: false })
})

test.each(['', 'hei', '[]', 'null', '3'])('%j is an empty draft', (text) => {
  expect(readDraft(text)).toEqual({ written: {}, easier: {}, done: {} })
})

test('an exercise of six steps that is left at the third goes on at the third', () => {
  expect(placeIn(six, new Map())).toBe(0)
  expect(
    placeIn(
      six,
      new Map([
        ['s1', false],
        ['s2', true],
      ]),
    ),
  ).toBe(2)
  expect(placeIn(six, new Map(six.map(({ id }) => [id, false])))).toBe(5)
  expect(minutesFrom(six, 2)).toBe(20)
})

test.each([
  { rows: ['bussi', 'pyörä', 'kyyti'], few: undefined },
  { rows: ['bussi', 'pyörä'], few: 2 },
  { rows: ['bussi', ' ', 'pyörä'], few: 2 },
  { rows: undefined, few: 0 },
])('three routes are hoped for, $rows are there', ({ rows, few }) => {
  expect(fewer([field('routes', 'list', 3)], rows && { routes: rows })?.count).toBe(few)
})

test('where one row is hoped for, none is as good', () => {
  expect(fewer([field('people', 'list', 1)], {})).toBeUndefined()
  expect(fewer([field('people', 'list', 1), field('ways', 'list', 2)], {})?.field.id).toBe('ways')
})

test('a row of a plan counts with one of its halves', () => {
  const plans = [
    { obstacle: 'sataa', answer: '' },
    { obstacle: '', answer: ' ' },
  ]
  expect(fewer([field('plans', 'plan', 2)], { plans })?.count).toBe(1)
  expect(fewer([field('what', 'text'), field('plans', 'plan', 1)], { plans })).toBeUndefined()
})

test.each([
  ['text', 'x'.repeat(500), false],
  ['text', 'x'.repeat(501), true],
  ['long', 'x'.repeat(5_000), false],
  ['long', 'x'.repeat(5_001), true],
  ['list', ['a', 'x'.repeat(501)], true],
  ['plan', [{ obstacle: 'x'.repeat(501), answer: '' }], true],
] as const)('%s: too long %#', (kind, value, want) => {
  expect(hasTooLong([field('f', kind)], { f: value as never })).toBe(want)
})

test('what waits for a network is known: of this run, and of no other', () => {
  const own = '/api/psycap/runs/r1/'
  const waiting = waitingIn(
    [
      { path: `${own}steps/s1`, body: '{"easier":false}' },
      { path: '/api/psycap/runs/r2/steps/s2', body: '{"easier":false}' },
      { path: `${own}steps/s3`, body: '{"easier":true}' },
      { path: `${own}aside`, body: '' },
      { path: `${own}finish`, body: '{"text":"{}"}' },
    ],
    'r1',
  )
  expect([...waiting.steps]).toEqual([
    ['s1', false],
    ['s3', true],
  ])
  expect(waiting.finished).toBe('{}')
})
