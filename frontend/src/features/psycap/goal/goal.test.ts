import { expect, test } from 'vitest'
import {
  asks,
  begun,
  emptyGoal,
  type Goal,
  isBegun,
  moved,
  put,
  type Route,
  readDraft,
  stands,
  stepLeft,
  tidied,
} from './goal'

const route = (text: string, ...obstacles: [string, string][]): Route => ({
  text,
  obstacles: obstacles.map(([name, plan]) => ({ text: name, plan })),
})
const goal = (...subGoals: Goal['subGoals']): Goal => ({ ...emptyGoal(), title: 'Työkokeilu', subGoals })

const enough = goal(
  { text: 'Soitan', routes: [route('Puhelin', ['Jännitän', 'Harjoittelen']), route('Käynti')] },
  { text: 'Sovin', routes: [route('Valmentaja', ['Ei vastaa', 'Soitan uudelleen'])] },
)

test.each([
  { name: 'nothing yet', of: emptyGoal(), want: ['subGoals 0', 'routes 0', 'obstacles 0'] },
  {
    name: 'two routes: a third is asked for',
    of: goal({ text: 'A', routes: [route('1')] }, { text: 'B', routes: [route('2')] }),
    want: ['routes 2', 'obstacles 0'],
  },
  { name: 'enough of all', of: enough, want: [] },
  {
    name: 'an obstacle without a plan',
    of: goal(...enough.subGoals, { text: 'C', routes: [route('4', ['Sairastun', ' '])] }),
    want: ['plans 1'],
  },
])('$name', ({ of, want }) => {
  expect(asks(of).map(({ what, count }) => `${what} ${count}`)).toEqual(want)
})

test.each([
  { name: 'nothing yet', of: emptyGoal(), want: { subGoals: false, obstacles: false, stand: 0 } },
  {
    name: 'a space',
    of: goal({ text: ' ', routes: [route(' ')] }),
    want: { subGoals: false, obstacles: false, stand: 0 },
  },
  {
    name: 'a sub-goal',
    of: goal({ text: 'A', routes: [route('')] }),
    want: { subGoals: true, obstacles: false, stand: 1 },
  },
  {
    name: 'a route',
    of: goal({ text: '', routes: [route('1')] }),
    want: { subGoals: true, obstacles: false, stand: 1 },
  },
  {
    name: 'an obstacle whose words are not there yet',
    of: goal({ text: '', routes: [route('', ['', ''])] }),
    want: { subGoals: false, obstacles: false, stand: 1 },
  },
  {
    name: 'a plan for an obstacle',
    of: goal({ text: '', routes: [route('', ['', 'Soitan'])] }),
    want: { subGoals: false, obstacles: true, stand: 1 },
  },
])('what was begun and stands: $name', ({ of, want }) => {
  expect({
    subGoals: begun(of, 'subGoals'),
    obstacles: begun(of, 'obstacles'),
    stand: of.subGoals.filter(stands).length,
  }).toEqual(want)
})

test('rows that were left empty are not kept, and what is written is', () => {
  const left = tidied({
    ...goal(
      { text: ' ', routes: [route('')] },
      { text: 'A', routes: [route(' '), route('', ['Este', '']), route('x', ['', ''])] },
    ),
    title: ' Työkokeilu ',
    days: ['2027-01-15', '2026-12-01', '2027-01-15'],
  })
  expect(left.title).toBe('Työkokeilu')
  expect(left.subGoals).toEqual([{ text: 'A', routes: [route('', ['Este', '']), route('x')] }])
  expect(left.days).toEqual(['2026-12-01', '2027-01-15'])
})

test.each(['', 'hello', '[]', '{"title":"A"}'])('%j is no draft of a goal', (text) => {
  expect(readDraft(text)).toBeUndefined()
})

test('a draft comes back as it was written', () => {
  expect(readDraft(JSON.stringify(enough))).toEqual(enough)
})

test('lists change in one place', () => {
  expect(put(['a', 'b'], 1, 'c')).toEqual(['a', 'c'])
  expect(put(['a', 'b'], 0, undefined)).toEqual(['b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
})

test.each([
  { name: 'nothing', of: emptyGoal(), want: { step: 1, begun: false } },
  {
    name: 'a space and a day taken away',
    of: { ...emptyGoal(), title: ' ', by: '' },
    want: { step: 1, begun: false },
  },
  { name: 'a title', of: { ...emptyGoal(), title: 'Työ' }, want: { step: 1, begun: true } },
  { name: 'a day to reach it by', of: { ...emptyGoal(), by: '2027-01-01' }, want: { step: 1, begun: true } },
  {
    name: 'a way and no title',
    of: { ...goal({ text: '', routes: [route('1')] }), title: '' },
    want: { step: 2, begun: true },
  },
  {
    name: 'a plan without its obstacle',
    of: goal({ text: 'A', routes: [route('1', ['', 'Soitan'])] }),
    want: { step: 3, begun: true },
  },
  {
    name: 'a row for an obstacle and nothing in it',
    of: goal({ text: 'A', routes: [route('1', ['', ' '])] }),
    want: { step: 2, begun: true },
  },
  { name: 'a day to come back', of: { ...goal(), days: ['2027-01-01'] }, want: { step: 4, begun: true } },
])('left at: $name', ({ of, want }) => {
  expect({ step: stepLeft(of), begun: isBegun(of) }).toEqual(want)
})
