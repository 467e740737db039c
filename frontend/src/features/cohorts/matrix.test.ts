import { expect, test } from 'vitest'
import { level, matching } from './matrix'

test('shades follow the percent, and 100 stands alone', () => {
  expect([0, 1, 33, 34, 66, 67, 99, 100].map(level)).toEqual([0, 1, 1, 2, 2, 3, 3, 4])
})

test('every typed word must be in the name, in any order and case', () => {
  const people = [{ name: 'Äijälä Öivind' }, { name: 'Virtanen Aino' }, { name: 'Aino Virta' }]
  expect(matching(people, 'aino virta').map((one) => one.name)).toEqual(['Virtanen Aino', 'Aino Virta'])
  expect(matching(people, 'ÖIV')).toHaveLength(1)
  expect(matching(people, '  ')).toHaveLength(3)
  expect(matching(people, 'zzz')).toEqual([])
})
