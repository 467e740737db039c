import { expect, test } from 'vitest'
import { personWith } from '../test-page'
import { navigationOf, startOf } from './navigation'

test.each([
  { roles: ['trainee'], pages: ['/learning'], start: '/learning' },
  { roles: ['doctor'], pages: ['/today', '/hours'], start: '/today' },
  { roles: ['coordinator'], pages: ['/appointments/new', '/appointments'], start: '/appointments' },
  {
    roles: ['coordinator', 'trainee'],
    pages: ['/learning', '/appointments/new', '/appointments'],
    start: '/learning',
  },
  { roles: ['doctor', 'trainee'], pages: ['/today', '/hours', '/learning'], start: '/today' },
  { roles: ['scheduler'], pages: ['/doctors'], start: '/doctors' },
  { roles: ['trainer', 'manager'], pages: ['/cohorts', '/figures'], start: '/cohorts' },
  { roles: ['admin'], pages: ['/people', '/units', '/feedback/received'], start: '/people' },
  { roles: [], pages: [], start: '/account' },
  { roles: ['something_new'], pages: [], start: '/account' },
])('$roles', ({ roles, pages, start }) => {
  const person = personWith(...roles)
  expect(navigationOf(person).map((item) => item.to)).toEqual(pages)
  expect(startOf(person)).toBe(start)
})
