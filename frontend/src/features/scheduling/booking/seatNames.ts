import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { coordinatorsQuery, doctorsQuery, type JointTimes, professionalsQuery } from '../api'
import { resourcesQuery } from './api'
import type { Seat } from './seats'

const ROLES = ['doctor', 'coordinator', 'professional', 'interpreter', 'room'] as const

/** What takes a seat, in the middle of a sentence: lääkäri, tulkki. */
export function useSeatRole(): (role: string) => string {
  const { t } = useTranslation()
  return (role) => t(`booking.seatRoles.${ROLES.find((one) => one === role) ?? 'other'}`)
}

/** The names of everybody and everything that can be asked to come. */
function useNames(): Map<string, string> {
  const coordinators = useQuery(coordinatorsQuery).data?.coordinators ?? []
  const professionals = useQuery(professionalsQuery).data?.professionals ?? []
  const doctors = useQuery(doctorsQuery).data?.doctors ?? []
  const resources = useQuery(resourcesQuery).data?.resources ?? []
  return new Map([
    ...[...coordinators, ...professionals, ...doctors].map((one) => [one.person, one.name] as const),
    ...resources.map((one) => [one.id, one.name] as const),
  ])
}

/** A seat in words: Outi Kallio; joku näistä: …; tulkki, tilataan ulkopuolelta. */
export function useSeatName(): (seat: Seat) => string {
  const { t } = useTranslation()
  const names = useNames()
  const role = useSeatRole()
  return (seat) => {
    const list = seat.any.map((id) => names.get(id) ?? t('booking.unknownPerson')).join(', ')
    if (seat.any.length === 0) return capital(t('booking.orderedOutside', { role: role(seat.role ?? '') }))
    if (seat.outside) return t('booking.orOutside', { names: list })
    return seat.any.length > 1 ? capital(t('booking.oneOf', { names: list })) : list
  }
}

/** Who of the seats of a search is meant: the only one who can take it, or else the role. */
export function useFoundSeat(times: Pick<JointTimes, 'seats'>): (seat: number) => string {
  const role = useSeatRole()
  return (at) => {
    const seat = times.seats[at]
    if (seat === undefined) return role('')
    const only = seat.names.length === 1 ? seat.names[0] : undefined
    return only ?? role(seat.role)
  }
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
