export const ROLES = [
  'trainee',
  'coordinator',
  'doctor',
  'professional',
  'scheduler',
  'trainer',
  'manager',
  'admin',
] as const

export type Role = (typeof ROLES)[number]

export function isRole(value: string): value is Role {
  return (ROLES as readonly string[]).includes(value)
}

/** The part of a person that decides what the page offers; the server decides what is allowed. */
export type WithGrants = { grants: readonly { role: string; unit: string; unitName: string }[] }

export function hasRole(person: WithGrants, ...roles: Role[]): boolean {
  return person.grants.some((grant) => (roles as string[]).includes(grant.role))
}

/** Whether courses are taken by this person: coordinators go on learning. */
export function isLearner(person: WithGrants): boolean {
  return hasRole(person, 'trainee', 'coordinator')
}

/** The units in which a person has one of the roles, each once. */
export function unitsWith(person: WithGrants, ...roles: Role[]): { id: string; name: string }[] {
  const units = new Map<string, string>()
  for (const grant of person.grants) {
    if ((roles as string[]).includes(grant.role)) units.set(grant.unit, grant.unitName)
  }
  return [...units].map(([id, name]) => ({ id, name }))
}
