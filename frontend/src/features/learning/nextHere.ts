import { useQuery } from '@tanstack/react-query'
import { useLanguage } from '../../shared/i18n/i18n'
import { keptPlace } from '../../shared/offline/places'
import { useOffline, writesAbout } from '../../shared/offline/status'
import { currentPerson } from '../../shared/session/person'
import { type Course, type CourseCard, courseQuery } from './api'

type Next = CourseCard['continue']
type Place = { activity: string; second?: number }

/**
 * Where "continue" leads as far as this browser knows it: to the place that the server does not know yet, and past what was
 * done here and waits. It chooses as the server does.
 */
export function nextHere(course: Course, place: Place | undefined, handedIn: ReadonlySet<string>): Next {
  const all = course.modules.flatMap((module, index) =>
    module.activities.map((activity) => ({ module, moduleNumber: index + 1, activity })),
  )
  const open = ({ activity }: (typeof all)[number]) =>
    !activity.done &&
    activity.locks.length === 0 &&
    activity.kind !== 'contact' &&
    activity.state !== 'waits' &&
    !handedIn.has(activity.id)
  const at = (id: string | undefined) => all.find((one) => one.activity.id === id && open(one))
  const found =
    at(place?.activity) ??
    at(course.continue?.activity) ??
    all.find((one) => open(one) && !one.activity.optional && one.activity.kind !== 'reflection')
  if (found === undefined) return undefined
  const { module, moduleNumber, activity } = found
  if (activity.id === course.continue?.activity && activity.id !== place?.activity) return course.continue
  const sameKind = module.activities.filter((one) => one.kind === activity.kind)
  return {
    activity: activity.id,
    module: module.id,
    moduleTitle: module.title,
    title: activity.title,
    kind: activity.kind,
    minutes: activity.minutes,
    moduleNumber,
    number: sameKind.indexOf(activity) + 1,
    ...(place?.activity === activity.id && place.second !== undefined && { second: place.second }),
  }
}

/** What the server says comes next, or what this browser knows when all it has is a copy of before. */
export function useNext(course: string, said: Next): Next {
  const language = useLanguage()
  const { shown, writes } = useOffline()
  const copied = shown['/api/learning'] !== undefined || shown[`/api/courses/${course}`] !== undefined
  const copy = useQuery({ ...courseQuery(course, language), enabled: copied })
  if (!copied || copy.data === undefined) return said
  const handedIn = new Set(
    writesAbout(writes, course)
      .filter(({ refused, about }) => !refused && about.kind !== 'sharing' && about.kind !== 'read')
      .map(({ about }) => about.activity),
  )
  const person = currentPerson()
  return nextHere(copy.data, person === undefined ? undefined : keptPlace(person, course), handedIn)
}
