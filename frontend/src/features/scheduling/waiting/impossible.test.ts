import { expect, test } from 'vitest'
import { readNever, toggled, writeNever } from './impossible'

test.each([
  { never: [], chosen: {} },
  { never: ['2'], chosen: { 2: ['morning', 'afternoon'] } },
  { never: ['2@00:00-12:00'], chosen: { 2: ['morning'] } },
  { never: ['1@12:00-23:59', '5'], chosen: { 1: ['afternoon'], 5: ['morning', 'afternoon'] } },
])('$never is read and written again', ({ never, chosen }) => {
  expect(readNever(never)).toEqual({ chosen, rest: [] })
  expect(writeNever(chosen as never, [])).toEqual(never)
})

test('what the toggles can not show stays', () => {
  const never = ['2@08:00-10:00', '2026-12-01', '6', '3']
  const { chosen, rest } = readNever(never)
  expect(rest).toEqual(['2@08:00-10:00', '2026-12-01', '6'])
  expect(writeNever(chosen, rest)).toEqual(['3', '2@08:00-10:00', '2026-12-01', '6'])
})

test('both halves are the whole day', () => {
  const one = toggled({}, 4, 'afternoon')
  expect(writeNever(one, [])).toEqual(['4@12:00-23:59'])
  expect(writeNever(toggled(one, 4, 'morning'), [])).toEqual(['4'])
  expect(writeNever(toggled(one, 4, 'afternoon'), [])).toEqual([])
})
