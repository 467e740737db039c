import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { startTexts } from '../shared/i18n/i18n'
import { meQuery } from '../shared/session/me'
import { ROLES, type Role } from '../shared/session/roles'
import { personWith, serve } from '../test-page'
import { navigationOf, startOf } from './navigation'
import { mayOpen, type PagePath, ROLES_OF, rolesOf } from './pages'
import { makeRouter } from './router'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

// Read from the other side than the list itself: what each role may open beside what everyone may.
const everyone = ['/', '/account', '/unsent', '/certificates/$number']
const learner = [
  '/notices /learning /courses/$course /courses/$course/activities/$activity /goals/$goal',
  '/measures /measures/$cohort/$instrument/$point',
  '/exercises /exercises/$exercise /exercises/$exercise/sheet /exercises/$exercise/written/$run',
]
const appointed = [
  '/hours /covering /appointments /appointments/$appointment /appointments/$appointment/booked',
  '/appointments/$appointment/move /cases/$case',
]
const asksDoctors = [
  '/lendings /appointments/new /waiting /waiting/$request',
  '/consultations /consultations/$consultation',
]
const reports = ['/reports /reports/new /reports/$report']
const table: Record<Role, string[]> = {
  trainee: learner,
  coordinator: [
    ...learner,
    ...appointed,
    ...asksDoctors,
    '/waiting/new /waiting/units/$unit /waiting/$request/change /consultations/new',
  ],
  doctor: [...appointed, ...asksDoctors, '/today /print/day /receptions'],
  professional: appointed,
  scheduler: [
    ...appointed,
    ...asksDoctors,
    '/today /print/day /waiting/units/$unit /resources /resources/$resource/hours',
    '/doctors /doctors/$person/hours /doctors/$person/receptions /absences /absences/$person',
  ],
  trainer: [
    ...reports,
    '/exercises /exercises/$exercise /exercises/$exercise/sheet /feedback-queue /feedback-queue/$submission',
    '/cohorts /cohorts/$cohort /cohorts/$cohort/tries /cohorts/$cohort/modules /cohorts/$cohort/measures',
    '/cohorts/$cohort/attendance /cohorts/$cohort/attendance/$activity /cohorts/$cohort/certificates',
    '/cohorts/$cohort/learners/$person /cohorts/$cohort/learners/$person/results',
    '/cohorts/$cohort/learners/$person/writings/$activity /cohorts/$cohort/learners/$person/quizzes/$activity',
  ],
  manager: [...reports, '/figures /waiting /waiting/units/$unit /consultations'],
  admin: [
    ...reports,
    '/people /people/invite /people/$person /units /registers /cohorts/$cohort/certificates /instruments',
    '/feedback/received /lendings /resources /resources/$resource/hours /covering /cases/$case',
    '/consultations /consultations/$consultation',
  ],
}

const open = (...roles: Role[]) =>
  new Set([
    ...everyone,
    ...roles
      .flatMap((role) => table[role])
      .join(' ')
      .split(' '),
  ])
const pages = Object.keys(ROLES_OF) as PagePath[]
const pagesOf = (roles: readonly string[]) =>
  pages.filter((page) => mayOpen(personWith(...roles), page)).sort()

test('every page behind the sign-in says whose it is, and nothing else does', () => {
  const { routesById } = makeRouter(new QueryClient())
  const behindSignIn = Object.values(routesById).filter((route) => route.id.startsWith('/in/'))
  expect(behindSignIn.map((route) => route.fullPath).sort()).toEqual([...pages].sort())
})

test.each(ROLES.map((role) => ({ role })))('a $role may open their pages, and no others', ({ role }) => {
  expect(pagesOf([role])).toEqual([...open(role)].sort())
})

const pairs = ROLES.flatMap((one) =>
  ROLES.filter((other) => other > one).map((other) => [one, other] as const),
)

test.each(pairs)('who is a %s and a %s has the pages of both', (one, other) => {
  expect(pagesOf([one, other])).toEqual([...open(one, other)].sort())
})

test.each([{ roles: [] }, { roles: ['something_new'] }])(
  'whoever has $roles has the pages of everyone',
  ({ roles }) => {
    expect(pagesOf(roles)).toEqual([...everyone].sort())
  },
)

test('whatever roles a person has: they may open where they begin and all that the navigation offers', () => {
  for (let some = 0; some < 2 ** ROLES.length; some++) {
    const person = personWith(...ROLES.filter((_, n) => some & (1 << n)))
    for (const page of [startOf(person), ...navigationOf(person).map((item) => item.to)]) {
      expect(mayOpen(person, page), `${page} of ${person.grants.map((grant) => grant.role)}`).toBe(true)
    }
  }
})

test('an address that is no page is not refused: it is told that it is none', () => {
  expect(rolesOf('/nothing')).toBeUndefined()
  expect(rolesOf('toString')).toBeUndefined()
})

/** The whole program at an address, for a person who is signed in. */
async function visit(address: string, ...roles: Role[]) {
  localStorage.setItem('luotsi:language', 'fi')
  await startTexts()
  const asked = serve(() => ({ status: 403, body: { status: 403, code: 'forbidden' } }))
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(meQuery.queryKey, personWith(...roles))
  window.history.replaceState(null, '', address)
  const router = makeRouter(queries)
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { asked, router }
}

test('a page of another role is told in words with the way back, and asks the server nothing', async () => {
  const { asked } = await visit('/people/invite', 'doctor')
  await screen.findByRole('heading', { level: 1, name: 'Tämä sivu ei kuulu rooliisi' })
  expect(document.title).toBe('Tämä sivu ei kuulu rooliisi – Luotsi')
  screen.getByText('Sivun voi avata, jos rooli on: Pääkäyttäjä.')
  screen.getByText('Sinun roolisi: Lääkäri.')
  expect(screen.getByRole('link', { name: 'Omalle etusivulle' }).getAttribute('href')).toBe('/')
  expect(screen.queryByRole('alert')).toBeNull()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(asked).toEqual([])
})

test('from one page of another role to the next the focus goes to the heading', async () => {
  const { router } = await visit('/people', 'doctor')
  const first = await screen.findByRole('heading', { level: 1, name: 'Tämä sivu ei kuulu rooliisi' })
  await router.navigate({ to: '/cohorts/$cohort', params: { cohort: 'c' } })
  await screen.findByText('Sivun voi avata, jos rooli on: Kouluttaja.')
  const second = screen.getByRole('heading', { level: 1 })
  expect(second).not.toBe(first)
  expect(document.activeElement).toBe(second)
})

test('one’s own page that the server refuses says so calmly, with the way back', async () => {
  await visit('/cohorts/c/tries', 'trainer')
  await screen.findByRole('heading', { level: 1, name: 'Tämä sivu ei ole sinulle' })
  expect(screen.getByRole('link', { name: 'Omalle etusivulle' }).getAttribute('href')).toBe('/')
  expect(screen.queryByRole('alert')).toBeNull()
})
