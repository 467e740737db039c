import { hasRole, type Role, type WithGrants } from '../shared/session/roles'

const EVERYONE: readonly Role[] | undefined = undefined
const LEARNERS: readonly Role[] = ['trainee', 'coordinator']
/** Those who take part in appointments, and who keep calendars. */
const APPOINTED: readonly Role[] = ['coordinator', 'doctor', 'professional', 'scheduler']

/**
 * Whose every page behind the sign-in is: the roles that the server answers for what the page opens with, as long as
 * the page has something for them. The navigation offers what stands here, and whoever comes to another's page by an
 * address is told so. The page must not ask before that.
 */
export const ROLES_OF = {
  '/': EVERYONE,
  '/account': EVERYONE,
  // What a browser still keeps is its writer's, whatever became of their role.
  '/unsent': EVERYONE,
  // Whoever a certificate was issued to may be anybody by now.
  '/certificates/$number': EVERYONE,

  '/notices': LEARNERS,
  '/learning': LEARNERS,
  '/courses/$course': LEARNERS,
  '/courses/$course/activities/$activity': LEARNERS,
  '/measures': LEARNERS,
  '/measures/$cohort/$instrument/$point': LEARNERS,
  '/goals/$goal': LEARNERS,
  '/exercises': [...LEARNERS, 'trainer'],
  '/exercises/$exercise': [...LEARNERS, 'trainer'],
  '/exercises/$exercise/sheet': [...LEARNERS, 'trainer'],
  '/exercises/$exercise/written/$run': LEARNERS,

  // Nothing leads a scheduler here or to hours of their own, but both work for them.
  '/today': ['doctor', 'scheduler'],
  '/print/day': ['doctor', 'scheduler'],
  '/hours': APPOINTED,
  '/receptions': ['doctor'],
  '/doctors': ['scheduler'],
  '/doctors/$person/hours': ['scheduler'],
  '/doctors/$person/receptions': ['scheduler'],
  '/absences': ['scheduler'],
  '/absences/$person': ['scheduler'],
  '/lendings': ['coordinator', 'doctor', 'scheduler', 'admin'],
  '/resources': ['scheduler', 'admin'],
  '/resources/$resource/hours': ['scheduler', 'admin'],
  '/covering': [...APPOINTED, 'admin'],
  '/appointments': APPOINTED,
  '/appointments/new': ['coordinator', 'doctor', 'scheduler'],
  '/appointments/$appointment': APPOINTED,
  '/appointments/$appointment/booked': APPOINTED,
  '/appointments/$appointment/move': APPOINTED,
  '/waiting': ['coordinator', 'doctor', 'scheduler', 'manager'],
  '/waiting/new': ['coordinator'],
  '/waiting/units/$unit': ['coordinator', 'scheduler', 'manager'],
  '/waiting/$request': ['coordinator', 'doctor', 'scheduler'],
  '/waiting/$request/change': ['coordinator'],
  '/cases/$case': [...APPOINTED, 'admin'],
  '/consultations': ['coordinator', 'doctor', 'scheduler', 'manager', 'admin'],
  '/consultations/new': ['coordinator'],
  '/consultations/$consultation': ['coordinator', 'doctor', 'scheduler', 'admin'],

  '/cohorts': ['trainer'],
  '/cohorts/$cohort': ['trainer'],
  '/cohorts/$cohort/tries': ['trainer'],
  '/cohorts/$cohort/modules': ['trainer'],
  '/cohorts/$cohort/measures': ['trainer'],
  '/cohorts/$cohort/attendance': ['trainer'],
  '/cohorts/$cohort/attendance/$activity': ['trainer'],
  '/cohorts/$cohort/certificates': ['trainer', 'admin'],
  '/cohorts/$cohort/learners/$person': ['trainer'],
  '/cohorts/$cohort/learners/$person/results': ['trainer'],
  '/cohorts/$cohort/learners/$person/writings/$activity': ['trainer'],
  '/cohorts/$cohort/learners/$person/quizzes/$activity': ['trainer'],
  '/feedback-queue': ['trainer'],
  '/feedback-queue/$submission': ['trainer'],
  '/reports': ['trainer', 'manager', 'admin'],
  '/reports/new': ['trainer', 'manager', 'admin'],
  '/reports/$report': ['trainer', 'manager', 'admin'],

  '/figures': ['manager'],
  '/people': ['admin'],
  '/people/invite': ['admin'],
  '/people/$person': ['admin'],
  '/units': ['admin'],
  '/registers': ['admin'],
  '/instruments': ['admin'],
  '/feedback/received': ['admin'],
} as const satisfies Record<string, readonly Role[] | undefined>

export type PagePath = keyof typeof ROLES_OF

/** The roles that a page is for; undefined when it is for everyone, or is none of these. */
export function rolesOf(page: string): readonly Role[] | undefined {
  return Object.hasOwn(ROLES_OF, page) ? ROLES_OF[page as PagePath] : EVERYONE
}

export function mayOpen(person: WithGrants, page: string): boolean {
  const roles = rolesOf(page)
  return roles === undefined || hasRole(person, ...roles)
}
