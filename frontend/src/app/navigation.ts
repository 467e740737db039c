import { hasRole, isLearner, type WithGrants } from '../shared/session/roles'

export type NavItem = {
  to:
    | '/learning'
    | '/today'
    | '/hours'
    | '/doctors'
    | '/resources'
    | '/appointments/new'
    | '/appointments'
    | '/waiting'
    | '/consultations'
    | '/cohorts'
    | '/exercises'
    | '/feedback-queue'
    | '/figures'
    | '/people'
    | '/units'
    | '/instruments'
    | '/feedback/received'
  text:
    | 'nav.learning'
    | 'nav.today'
    | 'nav.hours'
    | 'nav.doctors'
    | 'nav.resources'
    | 'nav.book'
    | 'nav.appointments'
    | 'nav.waiting'
    | 'nav.consultations'
    | 'nav.cohorts'
    | 'nav.resourcesOfMine'
    | 'nav.exercises'
    | 'nav.feedbackQueue'
    | 'nav.figures'
    | 'nav.people'
    | 'nav.units'
    | 'nav.instruments'
    | 'nav.feedback'
}

/** What the main navigation offers a person, by role; the most everyday thing first. */
export function navigationOf(person: WithGrants): NavItem[] {
  const items: NavItem[] = []
  if (hasRole(person, 'doctor')) {
    items.push(
      { to: '/today', text: 'nav.today' },
      { to: '/consultations', text: 'nav.consultations' },
      { to: '/hours', text: 'nav.hours' },
    )
  }
  if (hasRole(person, 'trainee')) items.push({ to: '/learning', text: 'nav.learning' })
  if (hasRole(person, 'coordinator')) {
    items.push(
      { to: '/appointments/new', text: 'nav.book' },
      { to: '/appointments', text: 'nav.appointments' },
      { to: '/waiting', text: 'nav.waiting' },
    )
    if (!hasRole(person, 'doctor')) items.push({ to: '/consultations', text: 'nav.consultations' })
  } else if (hasRole(person, 'professional')) {
    items.push({ to: '/appointments', text: 'nav.appointments' })
  }
  if (isLearner(person)) items.push({ to: '/exercises', text: 'nav.resourcesOfMine' })
  if (hasRole(person, 'scheduler')) {
    items.push({ to: '/doctors', text: 'nav.doctors' }, { to: '/resources', text: 'nav.resources' })
  }
  if (hasRole(person, 'trainer')) {
    items.push({ to: '/cohorts', text: 'nav.cohorts' }, { to: '/feedback-queue', text: 'nav.feedbackQueue' })
    if (!isLearner(person)) items.push({ to: '/exercises', text: 'nav.exercises' })
  }
  if (hasRole(person, 'manager')) items.push({ to: '/figures', text: 'nav.figures' })
  // A coordinator has it already, beside their appointments.
  if (hasRole(person, 'scheduler', 'manager') && !hasRole(person, 'coordinator')) {
    items.push({ to: '/waiting', text: 'nav.waiting' })
  }
  if (hasRole(person, 'admin')) {
    items.push({ to: '/people', text: 'nav.people' }, { to: '/units', text: 'nav.units' })
    if (!hasRole(person, 'scheduler')) items.push({ to: '/resources', text: 'nav.resources' })
    items.push(
      { to: '/instruments', text: 'nav.instruments' },
      { to: '/feedback/received', text: 'nav.feedback' },
    )
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
