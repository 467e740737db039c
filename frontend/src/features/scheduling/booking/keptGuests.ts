import { useEffect, useState } from 'react'
import { forgetInTab, keepInTab, keptInTab } from '../../../shared/drafts/local'
import { GUEST_ROLES, type Guest } from './api'

const SUBJECT = 'booking.guests'

/**
 * The guests of a booking that is being made. They are no part of the address, which is copied and sent: the window keeps them
 * over a reload. Who leaves the page or books has done with them, for the next booking is another client's.
 */
export function useGuests(person: string): [Guest[], (guests: Guest[]) => void] {
  const [guests, setGuests] = useState(() => keptGuests(person))
  useEffect(() => {
    keepInTab(person, SUBJECT, JSON.stringify(guests))
    return () => forgetInTab(person, SUBJECT)
  }, [person, guests])
  return [guests, setGuests]
}

export function keptGuests(person: string): Guest[] {
  try {
    const kept: unknown = JSON.parse(keptInTab(person, SUBJECT) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isGuest) : []
  } catch {
    return []
  }
}

function isGuest(one: unknown): one is Guest {
  const { name, email, role, language } = (one ?? {}) as Record<string, unknown>
  return (
    [name, email, language].every((text) => typeof text === 'string' && text !== '') &&
    GUEST_ROLES.some((known) => known === role)
  )
}
