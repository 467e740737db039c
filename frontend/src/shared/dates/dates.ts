import { type Language, LOCALE } from '../i18n/languages'

/** Everything Luotsi shows happens in Finland; the phone's own time zone does not change an appointment's hour. */
const ZONE = 'Europe/Helsinki'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  let known = formats.get(key)
  if (known === undefined) {
    known = new Intl.DateTimeFormat(LOCALE[language], { timeZone: ZONE, ...options })
    formats.set(key, known)
  }
  return known
}

/** The calendar day of an instant in Finland, as 2026-03-29. */
export function dayOf(instant: Date | string): string {
  const parts = partsOf(instant)
  return `${parts.year}-${parts.month}-${parts.day}`
}

/** The wall clock of an instant in Finland, as 09:05. */
export function clockOf(instant: Date | string): string {
  const parts = partsOf(instant)
  return `${parts.hour}:${parts.minute}`
}

function partsOf(instant: Date | string): Record<string, string> {
  const date = new Date(instant)
  const parts = format('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(date)
  return Object.fromEntries(parts.map((part) => [part.type, part.value]))
}

/** tiistai 24. marraskuuta */
export function longDay(day: string, language: Language, withYear = false): string {
  return format(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
  }).format(noon(day))
}

/** ti 24.11. in Finnish, Tue 24 Nov in English: a day of the coming weeks, as short as it can be said */
export function weekdayDay(day: string, language: Language): string {
  const month = language === 'en' ? 'short' : 'numeric'
  return format(language, { weekday: 'short', day: 'numeric', month }).format(noon(day)).replace(',', '')
}

/** ti, Tue: a weekday in short, 1 = Monday. */
export function shortWeekday(weekday: number, language: Language): string {
  return format(language, { weekday: 'short' }).format(noon(addDays('2026-01-05', weekday - 1)))
}

/** 24.11.2026 in Finnish */
export function shortDay(day: string, language: Language): string {
  return format(language, { day: 'numeric', month: 'numeric', year: 'numeric' }).format(noon(day))
}

/** Finnish and Swedish write 9.00, English 9:00. */
export function clock(time: string, language: Language): string {
  const [hour = '0', minute = '00'] = time.split(':')
  return `${Number(hour)}${language === 'en' ? ':' : '.'}${minute}`
}

/** 9.00–9.45, from two instants */
export function clockRange(start: string, end: string, language: Language): string {
  return `${clock(clockOf(start), language)}–${clock(clockOf(end), language)}`
}

const AT: Record<Language, string> = { fi: 'klo', sv: 'kl.', en: 'at' }

/** 24.11.2026 klo 9.00; the hour does not part from its word at the end of a line. */
export function shortMoment(instant: string, language: Language): string {
  return `${shortDay(dayOf(instant), language)} ${AT[language]}\u00a0${clock(clockOf(instant), language)}`
}

/** A day so many days later; days are counted on the calendar, not in hours. */
export function addDays(day: string, days: number): string {
  const date = noon(day)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The name of a weekday, 1 = Monday. */
export function weekdayName(weekday: number, language: Language): string {
  // 5 January 2026 was a Monday.
  return format(language, { weekday: 'long' }).format(noon(addDays('2026-01-05', weekday - 1)))
}

/** "3 days ago" by calendar days, which is how people count. */
export function daysAgo(instant: string, now: Date, language: Language): string {
  const days = daysBetween(dayOf(instant), dayOf(now))
  const relative = new Intl.RelativeTimeFormat(LOCALE[language], { numeric: 'auto' })
  return relative.format(-days, 'day')
}

/** How long something takes, from two instants. */
export function minutesBetween(start: string, end: string): number {
  return Math.round((new Date(end).getTime() - new Date(start).getTime()) / 60_000)
}

/** Whole calendar days from one day to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000)
}

/** Reads what a person types: 24.11.2026, 24.11.26 or 2026-11-24. Undefined when there is no such day. */
export function readDay(typed: string): string | undefined {
  const text = typed.trim()
  const finnish = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(text)
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  let year: number
  let month: number
  let day: number
  if (finnish) {
    day = Number(finnish[1])
    month = Number(finnish[2])
    year = Number(finnish[3]) + (finnish[3]?.length === 2 ? 2000 : 0)
  } else if (iso) {
    year = Number(iso[1])
    month = Number(iso[2])
    day = Number(iso[3])
  } else {
    return undefined
  }
  const date = new Date(Date.UTC(year, month - 1, day, 12))
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real ? date.toISOString().slice(0, 10) : undefined
}

/** Reads 9, 9.30, 9:30 or 0930 as 09:30. Undefined when there is no such time. */
export function readClock(typed: string): string | undefined {
  const match = /^(\d{1,2})(?:[.:]?(\d{2}))?$/.exec(typed.trim())
  if (!match) return undefined
  const hour = Number(match[1])
  const minute = Number(match[2] ?? '0')
  if (hour > 23 || minute > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`)
}
