import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatches } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Me, meQuery } from '../shared/session/me'
import { ROLES, type Role } from '../shared/session/roles'
import { useRoleName } from '../shared/session/useRoleName'
import { NotYours } from '../shared/ui/NotYours'
import { mayOpen, rolesOf } from './pages'

/** The page of an address behind the sign-in, or a word that it is another role's; then the page itself is never begun. */
export function OwnPages() {
  // The router has asked who it is; the same answer decides what the navigation offers.
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const page = useMatches({ select: (matches) => matches.at(-1) })
  const roles = page && rolesOf(page.fullPath)
  if (!me || !roles || mayOpen(me, page.fullPath)) return <Outlet />
  return <AnothersPage key={page.pathname} roles={roles} me={me} />
}

function AnothersPage({ roles, me }: { roles: readonly Role[]; me: Me }) {
  const { t } = useTranslation()
  const roleName = useRoleName()
  const names = (of: readonly string[]) =>
    ROLES.filter((role) => of.includes(role))
      .map(roleName)
      .join(', ')
  const own = names(me.grants.map((grant) => grant.role))
  return (
    <NotYours title={t('common.otherRoleTitle')}>
      <p>{t('common.otherRoleFor', { roles: names(roles) })}</p>
      {own && <p>{t('common.otherRoleOwn', { roles: own })}</p>}
      <p>{t('common.otherRoleHelp')}</p>
    </NotYours>
  )
}
