import { useEffect, useState } from 'react'

/** The present moment, anew every so many milliseconds. */
export function useNow(every: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

export type Left = { days: number; hours: number; minutes: number }

/** How long there is until an instant, in whole minutes begun; undefined when it has passed. */
export function leftUntil(until: string, now: Date): Left | undefined {
  const ms = new Date(until).getTime() - now.getTime()
  if (ms <= 0) return undefined
  const minutes = Math.ceil(ms / 60_000)
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 }
}
