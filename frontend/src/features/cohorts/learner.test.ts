import { describe, expect, it } from 'vitest'
import { creditable, missedDays } from './learner'

const day = (id: string, word?: 'none' | 'present' | 'absent' | 'compensated') => ({
  id,
  title: `Päivä ${id}`,
  ...(word && { word }),
})

const parts = (days: number) => ({
  completion: { days, daysAsked: 2, approved: false, complete: false },
  modules: [
    { id: 'a', title: 'Alku', passed: true, activities: [day('a1', 'present'), day('lesson')] },
    {
      id: 'b',
      title: 'Laki',
      passed: false,
      credit: 'compensating' as const,
      activities: [day('b1', 'none'), day('b2', 'compensated')],
    },
    { id: 'c', title: 'Työ', passed: false, activities: [day('c1', 'absent')] },
  ],
})

describe('what can be decided about a learner', () => {
  it('offers modules that are neither passed nor credited', () => {
    expect(creditable(parts(1))).toEqual([{ id: 'c', title: 'M3. Työ' }])
  })

  it('offers the days the learner was away from, the marked ones first', () => {
    expect(missedDays(parts(1)).map((one) => one.id)).toEqual(['c1', 'b1'])
  })

  it('offers no day once enough of them count', () => {
    expect(missedDays(parts(2))).toEqual([])
  })
})
