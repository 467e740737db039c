import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../../shared/session/me'
import { unitsQuery } from '../../../shared/session/units'

/** The units whose rooms and interpreters the person keeps: as a scheduler their own, as an administrator the organisation's. */
export function useKeptUnits(): { id: string; name: string }[] {
  const me = useMe()
  const { data } = useQuery(unitsQuery)
  return (data?.units ?? []).filter((unit) =>
    me.grants.some(
      (grant) =>
        (grant.role === 'scheduler' && grant.unit === unit.id) ||
        (grant.role === 'admin' && grant.org === unit.org),
    ),
  )
}
