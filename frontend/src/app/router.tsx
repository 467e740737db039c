import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { type Shown, shownOf } from '../features/cohorts/tries'
import type { QueueSearch } from '../features/learning/marking/search'
import { type SheetSearch, wordingOf } from '../features/psycap/exercises/search'
import { type Search as BookingSearch, SEARCH_KEYS } from '../features/scheduling/booking/search'
import { LOOKED_KEYS, type Looked } from '../features/scheduling/waiting/search'
import { asProblem } from '../shared/http/problem'
import { type Me, meQuery } from '../shared/session/me'
import { ROLES, type Role } from '../shared/session/roles'
import { Loading } from '../shared/ui/states'
import { type Whose, whoseOf } from '../shared/ui/whose'
import { Broken, NotFound } from './Broken'
import { Shell } from './layout/Shell'
import { lazyRouteComponent } from './lazyRouteComponent'
import { isOwnPage, startOf } from './navigation'
import { OwnPages } from './OwnPages'

type Context = { queries: QueryClient }

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFound,
})

/** Everything behind the sign-in: a person who is not signed in is asked to, and comes back to the same address. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'in',
  component: OwnPages,
  beforeLoad: async ({ context, location }): Promise<{ me: Me }> => {
    try {
      return { me: await context.queries.ensureQueryData(meQuery) }
    } catch (error) {
      if (!asProblem(error).signedOut) throw error
      throw redirect({
        to: '/sign-in',
        search: location.href === '/' ? {} : { return: location.href },
      })
    }
  },
})

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: startOf(context.me), replace: true })
  },
})

function textParam(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number from 1. */
function numberParam(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined
}

/** How the queue is narrowed; it stays so from text to text. */
const queueSearch = (search: Record<string, unknown>): QueueSearch => ({
  cohort: textParam(search, 'cohort'),
  module: textParam(search, 'module'),
  whose: whoseOf(search.whose),
})

const open = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (search): { return?: string } => {
      const back = textParam(search, 'return')
      // Only pages of Luotsi itself: an address from outside could lead anywhere.
      return back !== undefined && isOwnPage(back) ? { return: back } : {}
    },
    component: lazyRouteComponent(() => import('../features/account/SignInPage'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/forgotten-password',
    component: lazyRouteComponent(() => import('../features/account/ForgottenPage'), 'ForgottenPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/password-reset/$token',
    component: lazyRouteComponent(() => import('../features/account/ResetPage'), 'ResetPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/invitation/$token',
    component: lazyRouteComponent(() => import('../features/account/InvitationPage'), 'InvitationPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/answer/$link',
    component: lazyRouteComponent(() => import('../features/scheduling/answer/AnswerPage'), 'AnswerPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/check/$number',
    component: lazyRouteComponent(() => import('../features/certificates/CheckPage'), 'CheckPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/privacy',
    component: lazyRouteComponent(() => import('../features/information/PrivacyPage'), 'PrivacyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/accessibility',
    component: lazyRouteComponent(
      () => import('../features/information/AccessibilityPage'),
      'AccessibilityPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/feedback',
    validateSearch: (search): { page?: string } => ({ page: textParam(search, 'page') }),
    component: lazyRouteComponent(() => import('../features/feedback/FeedbackPage'), 'FeedbackPage'),
  }),
] as const

/** Whose each of these is, stands in pages.ts. */
const behindSignIn = [
  start,
  createRoute({
    getParentRoute: () => signedIn,
    path: '/account',
    component: lazyRouteComponent(() => import('./pages/AccountWithNotices'), 'AccountWithNotices'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/notices',
    component: lazyRouteComponent(() => import('../features/notices/NoticesPage'), 'NoticesPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/unsent',
    component: lazyRouteComponent(() => import('../features/unsent/UnsentPage'), 'UnsentPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/measures',
    component: lazyRouteComponent(() => import('../features/psycap/answer/MeasuresPage'), 'MeasuresPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/measures/$cohort/$instrument/$point',
    validateSearch: (search): { view?: 'review' } => (search.view === 'review' ? { view: 'review' } : {}),
    component: lazyRouteComponent(() => import('../features/psycap/answer/MeasurePage'), 'MeasurePage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/learners/$person/results',
    component: lazyRouteComponent(
      () => import('../features/psycap/answer/LearnerResultsPage'),
      'LearnerResultsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/goals/$goal',
    validateSearch: (search): { step?: number } => ({ step: numberParam(search.step) }),
    component: lazyRouteComponent(() => import('../features/psycap/goal/GoalPage'), 'GoalPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/learning',
    component: lazyRouteComponent(() => import('../features/learning/LearningPage'), 'LearningPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/courses/$course',
    component: lazyRouteComponent(() => import('../features/learning/CoursePage'), 'CoursePage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/courses/$course/activities/$activity',
    component: lazyRouteComponent(() => import('../features/learning/ActivityPage'), 'ActivityPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/exercises',
    component: lazyRouteComponent(() => import('./pages/OwnResources'), 'OwnResources'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/exercises/$exercise',
    validateSearch: (search): { run?: string; step?: number } => ({
      run: textParam(search, 'run'),
      step: numberParam(search.step),
    }),
    component: lazyRouteComponent(() => import('../features/psycap/exercises/ExercisePage'), 'ExercisePage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/exercises/$exercise/written/$run',
    component: lazyRouteComponent(() => import('../features/psycap/exercises/WrittenPage'), 'WrittenPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/exercises/$exercise/sheet',
    validateSearch: (search): SheetSearch => ({
      view: search.view === 'screen' ? 'screen' : undefined,
      words: wordingOf(search.words),
    }),
    component: lazyRouteComponent(() => import('../features/psycap/exercises/SheetPage'), 'SheetPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/certificates/$number',
    component: lazyRouteComponent(
      () => import('../features/certificates/CertificatePage'),
      'CertificatePage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/today',
    component: lazyRouteComponent(() => import('../features/scheduling/TodayPage'), 'TodayPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/print/day',
    validateSearch: (search): { date?: string } => ({ date: textParam(search, 'date') }),
    component: lazyRouteComponent(() => import('../features/scheduling/print/PrintDayPage'), 'PrintDayPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/hours',
    component: lazyRouteComponent(() => import('../features/scheduling/HoursPage'), 'HoursPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/doctors',
    component: lazyRouteComponent(() => import('../features/scheduling/DoctorsPage'), 'DoctorsPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/doctors/$person/hours',
    component: lazyRouteComponent(() => import('../features/scheduling/HoursPage'), 'DoctorHoursPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/receptions',
    component: lazyRouteComponent(
      () => import('../features/scheduling/receptions/ReceptionsPage'),
      'OwnReceptionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/doctors/$person/receptions',
    component: lazyRouteComponent(
      () => import('../features/scheduling/receptions/ReceptionsPage'),
      'DoctorReceptionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/lendings',
    component: lazyRouteComponent(
      () => import('../features/scheduling/receptions/LendingsPage'),
      'LendingsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/resources',
    component: lazyRouteComponent(
      () => import('../features/scheduling/resources/ResourcesPage'),
      'ResourcesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/resources/$resource/hours',
    component: lazyRouteComponent(
      () => import('../features/scheduling/resources/ResourceHoursPage'),
      'ResourceHoursPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/absences',
    component: lazyRouteComponent(
      () => import('../features/scheduling/deputies/AbsencesPage'),
      'AbsencesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/absences/$person',
    component: lazyRouteComponent(
      () => import('../features/scheduling/deputies/AbsencesPage'),
      'PersonAbsencesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/covering',
    component: lazyRouteComponent(
      () => import('../features/scheduling/deputies/CoveringPage'),
      'CoveringPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/appointments',
    component: lazyRouteComponent(
      () => import('../features/scheduling/AppointmentsPage'),
      'AppointmentsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/appointments/new',
    validateSearch: (search): BookingSearch =>
      Object.fromEntries(SEARCH_KEYS.map((key) => [key, textParam(search, key)])),
    component: lazyRouteComponent(() => import('../features/scheduling/booking/BookPage'), 'BookPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/appointments/$appointment/booked',
    component: lazyRouteComponent(() => import('../features/scheduling/booking/BookedPage'), 'BookedPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/appointments/$appointment/move',
    component: lazyRouteComponent(() => import('../features/scheduling/appointment/MovePage'), 'MovePage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/appointments/$appointment',
    component: lazyRouteComponent(() => import('../features/scheduling/AppointmentPage'), 'AppointmentPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/waiting',
    component: lazyRouteComponent(() => import('../features/scheduling/waiting/WaitingPage'), 'WaitingPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/waiting/new',
    validateSearch: (search): Looked =>
      Object.fromEntries(LOOKED_KEYS.map((key) => [key, textParam(search, key)])),
    component: lazyRouteComponent(
      () => import('../features/scheduling/waiting/NewRequestPage'),
      'NewRequestPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/waiting/units/$unit',
    component: lazyRouteComponent(
      () => import('../features/scheduling/waiting/FairnessPage'),
      'FairnessPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/waiting/$request',
    component: lazyRouteComponent(() => import('../features/scheduling/waiting/RequestPage'), 'RequestPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/waiting/$request/change',
    component: lazyRouteComponent(
      () => import('../features/scheduling/waiting/ChangeRequestPage'),
      'ChangeRequestPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cases/$case',
    component: lazyRouteComponent(() => import('../features/scheduling/cases/CasePage'), 'CasePage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/consultations',
    component: lazyRouteComponent(
      () => import('../features/scheduling/consultations/ConsultationsPage'),
      'ConsultationsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/consultations/new',
    validateSearch: (search): { case?: string } => ({ case: textParam(search, 'case') }),
    component: lazyRouteComponent(
      () => import('../features/scheduling/consultations/NewConsultationPage'),
      'NewConsultationPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/consultations/$consultation',
    component: lazyRouteComponent(
      () => import('../features/scheduling/consultations/ConsultationPage'),
      'ConsultationPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts',
    component: lazyRouteComponent(() => import('../features/cohorts/CohortsPage'), 'CohortsPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort',
    validateSearch: (search): { group?: string } => ({ group: textParam(search, 'group') }),
    component: lazyRouteComponent(() => import('../features/cohorts/CohortPage'), 'CohortPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/tries',
    validateSearch: (search): { show?: Shown; whose?: Whose } => ({
      show: shownOf(search.show),
      whose: whoseOf(search.whose),
    }),
    component: lazyRouteComponent(() => import('../features/cohorts/TriesPage'), 'TriesPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/learners/$person/writings/$activity',
    component: lazyRouteComponent(() => import('../features/learning/WritingPage'), 'WritingPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/learners/$person/quizzes/$activity',
    validateSearch: queueSearch,
    component: lazyRouteComponent(
      () => import('../features/learning/marking/MarkAnswersPage'),
      'MarkAnswersPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/modules',
    component: lazyRouteComponent(() => import('../features/cohorts/MatrixPage'), 'MatrixPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/measures',
    component: lazyRouteComponent(() => import('../features/psycap/plan/MeasuresPage'), 'MeasuresPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/attendance',
    component: lazyRouteComponent(() => import('../features/cohorts/AttendancePage'), 'AttendancePage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/attendance/$activity',
    component: lazyRouteComponent(
      () => import('../features/cohorts/MarkAttendancePage'),
      'MarkAttendancePage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/certificates',
    component: lazyRouteComponent(() => import('../features/certificates/RegisterPage'), 'RegisterPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/registers',
    component: lazyRouteComponent(() => import('../features/certificates/RegistersPage'), 'RegistersPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/cohorts/$cohort/learners/$person',
    component: lazyRouteComponent(() => import('../features/cohorts/LearnerPage'), 'LearnerPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/feedback-queue',
    validateSearch: queueSearch,
    component: lazyRouteComponent(
      () => import('../features/learning/marking/FeedbackQueuePage'),
      'FeedbackQueuePage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/feedback-queue/$submission',
    validateSearch: queueSearch,
    component: lazyRouteComponent(() => import('../features/learning/marking/MarkPage'), 'MarkPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/figures',
    component: lazyRouteComponent(() => import('./pages/ManagerFigures'), 'ManagerFigures'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/people',
    validateSearch: (search): { q?: string; unit?: string; role?: Role; page?: number } => ({
      q: textParam(search, 'q'),
      unit: textParam(search, 'unit'),
      role: ROLES.find((role) => role === search.role),
      page: numberParam(search.page),
    }),
    component: lazyRouteComponent(() => import('./pages/PeopleWithAlarms'), 'PeopleWithAlarms'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/people/invite',
    component: lazyRouteComponent(() => import('../features/people/InvitePage'), 'InvitePage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/people/$person',
    component: lazyRouteComponent(() => import('./pages/PersonWithAbsences'), 'PersonWithAbsences'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/units',
    component: lazyRouteComponent(() => import('./pages/UnitsWithTravel'), 'UnitsWithTravel'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/reports',
    component: lazyRouteComponent(() => import('../features/psycap/reports/ReportsPage'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/reports/new',
    validateSearch: (search): { from?: 'table'; cohort?: string } => ({
      ...(search.from === 'table' && { from: 'table' }),
      cohort: textParam(search, 'cohort'),
    }),
    component: lazyRouteComponent(() => import('../features/psycap/reports/NewReportPage'), 'NewReportPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/reports/$report',
    component: lazyRouteComponent(() => import('../features/psycap/reports/ReportPage'), 'ReportPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/instruments',
    component: lazyRouteComponent(
      () => import('../features/psycap/admin/InstrumentsPage'),
      'InstrumentsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/feedback/received',
    component: lazyRouteComponent(() => import('../features/feedback/ReceivedPage'), 'ReceivedPage'),
  }),
] as const

const tree = root.addChildren([...open, signedIn.addChildren([...behindSignIn])])

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Loading,
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
