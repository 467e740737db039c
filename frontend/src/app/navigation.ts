import { hasRole, type Role, type WithGrants } from '../shared/session/roles'
import { mayOpen, type PagePath } from './pages'

/** In the order of the navigation, the most everyday thing first; `for` names the roles when not all whose page it is are offered it. */
const LINKS = [
  { to: '/today', text: 'nav.today', for: ['doctor'] },
  { to: '/consultations', text: 'nav.consultations', for: ['doctor'] },
  { to: '/hours', text: 'nav.hours', for: ['doctor'] },
  { to: '/learning', text: 'nav.learning', for: ['trainee'] },
  { to: '/appointments/new', text: 'nav.book', for: ['coordinator'] },
  { to: '/appointments', text: 'nav.appointments', for: ['coordinator', 'professional'] },
  { to: '/waiting', text: 'nav.waiting', for: ['coordinator'] },
  { to: '/consultations', text: 'nav.consultations', for: ['coordinator'] },
  { to: '/exercises', text: 'nav.resourcesOfMine', for: ['trainee', 'coordinator'] },
  { to: '/doctors', text: 'nav.doctors' },
  { to: '/resources', text: 'nav.resources', for: ['scheduler'] },
  { to: '/cohorts', text: 'nav.cohorts' },
  { to: '/feedback-queue', text: 'nav.feedbackQueue' },
  { to: '/exercises', text: 'nav.exercises', for: ['trainer'] },
  { to: '/figures', text: 'nav.figures' },
  { to: '/waiting', text: 'nav.waiting', for: ['scheduler', 'manager'] },
  { to: '/people', text: 'nav.people' },
  { to: '/units', text: 'nav.units' },
  { to: '/resources', text: 'nav.resources', for: ['admin'] },
  { to: '/instruments', text: 'nav.instruments' },
  { to: '/feedback/received', text: 'nav.feedback' },
] as const satisfies { to: PagePath; text: string; for?: readonly Role[] }[]

type NavItem = (typeof LINKS)[number]

/** What the main navigation offers a person: of their pages, each once, where it comes first. */
export function navigationOf(person: WithGrants): NavItem[] {
  const items: NavItem[] = []
  for (const link of LINKS) {
    const offered = mayOpen(person, link.to) && (!('for' in link) || hasRole(person, ...link.for))
    if (offered && !items.some((item) => item.to === link.to)) items.push(link)
  }
  return items
}

/** Where a person lands after signing in. */
export function startOf(person: WithGrants): NavItem['to'] | '/account' {
  // A coordinator comes for the list of coming appointments more often than for a new one.
  if (hasRole(person, 'coordinator') && !hasRole(person, 'trainee', 'doctor')) return '/appointments'
  return navigationOf(person)[0]?.to ?? '/account'
}

/** Whether an address leads to a page of Luotsi itself: browsers read a backslash as a slash, and skip tabs and line breaks. */
export function isOwnPage(address: string): boolean {
  return /^\/(?![/\\])[^\s\\]*$/.test(address)
}
