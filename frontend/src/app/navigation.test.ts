import { expect, test } from 'vitest'
import { personWith } from '../test-page'
import { isOwnPage, navigationOf, startOf } from './navigation'

test.each([
  { roles: ['trainee'], pages: ['/learning', '/exercises'], start: '/learning' },
  { roles: ['doctor'], pages: ['/today', '/consultations', '/hours'], start: '/today' },
  {
    roles: ['coordinator'],
    pages: ['/appointments/new', '/appointments', '/waiting', '/consultations', '/exercises'],
    start: '/appointments',
  },
  {
    roles: ['coordinator', 'trainee'],
    pages: ['/learning', '/appointments/new', '/appointments', '/waiting', '/consultations', '/exercises'],
    start: '/learning',
  },
  {
    roles: ['doctor', 'trainee'],
    pages: ['/today', '/consultations', '/hours', '/learning', '/exercises'],
    start: '/today',
  },
  { roles: ['professional'], pages: ['/appointments'], start: '/appointments' },
  {
    roles: ['coordinator', 'professional'],
    pages: ['/appointments/new', '/appointments', '/waiting', '/consultations', '/exercises'],
    start: '/appointments',
  },
  { roles: ['scheduler'], pages: ['/doctors', '/resources', '/waiting'], start: '/doctors' },
  {
    roles: ['trainer', 'manager'],
    pages: ['/cohorts', '/feedback-queue', '/exercises', '/figures', '/waiting'],
    start: '/cohorts',
  },
  {
    roles: ['admin'],
    pages: ['/people', '/units', '/resources', '/instruments', '/feedback/received'],
    start: '/people',
  },
  {
    roles: ['scheduler', 'admin'],
    pages: ['/doctors', '/resources', '/waiting', '/people', '/units', '/instruments', '/feedback/received'],
    start: '/doctors',
  },
  { roles: [], pages: [], start: '/account' },
  { roles: ['something_new'], pages: [], start: '/account' },
])('$roles', ({ roles, pages, start }) => {
  const person = personWith(...roles)
  expect(navigationOf(person).map((item) => item.to)).toEqual(pages)
  expect(startOf(person)).toBe(start)
})

test.each(['/', '/learning/m1?from=mail#top', '/kurssi/ä'])('%j is a page of Luotsi', (address) => {
  expect(isOwnPage(address)).toBe(true)
})

test.each([
  '',
  'learning',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/\n/x',
  'javascript:alert(1)',
])('%j may lead elsewhere', (address) => {
  expect(isOwnPage(address)).toBe(false)
})
