import { forgetCopiesOfOthers, forgetDraftsOf, onKeptDrafts } from '../drafts/local'
import { transport } from '../http/client'
import { announceSignedOut } from '../http/onSignedOut'
import { currentPerson, forgetMe, onPerson, setPerson } from '../session/person'
import { type About, type Entry, forgetPerson, keptAnswer, tidyOthers, writesOf } from './database'
import { sendDrafts, unsentDrafts } from './drafts'
import { forgetPlaces, sendPlaces } from './places'
import { Queue } from './queue'
import { forgetStatus, noteArrived, noteNetwork, noteUnsent } from './status'

/** A text whose page was left is sent after this time. */
const DRAFTS_AFTER = 6_000

let open: { person: string; queue: Queue; close: () => void } | undefined

/** What the person of this page has not sent yet; the same for everybody who asks, until somebody else comes. */
export function openOutbox(person: string): Queue {
  if (open?.person === person) return open.queue
  open?.close()
  let writes: Entry[] = []
  const tell = () => noteUnsent({ writes, drafts: unsentDrafts(person) })
  let timer: ReturnType<typeof setTimeout> | undefined
  const runSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void queue.run().catch(() => undefined), DRAFTS_AFTER)
  }
  const queue = new Queue({
    person,
    send: transport,
    onChanged: (changed) => {
      writes = changed
      tell()
    },
    onArrived: noteArrived,
    onReached: () => noteNetwork(true),
    afterwards: async () => {
      await sendDrafts(person)
      tell()
      await sendPlaces(person)
      // Some may be so new that the page they are typed on was left to send them.
      if (unsentDrafts(person).some((draft) => !draft.conflict && !draft.late)) runSoon()
    },
    onSignedOut: announceSignedOut,
  })
  const run = () => void queue.hurry().catch(() => undefined)
  const back = () => {
    if (document.visibilityState === 'visible') run()
  }
  const typed = onKeptDrafts(() => {
    tell()
    runSoon()
  })
  // A request that fails says otherwise; without one, nothing would say that the network is back.
  const online = () => {
    noteNetwork(true)
    run()
  }
  window.addEventListener('online', online)
  window.addEventListener('focus', back)
  document.addEventListener('visibilitychange', back)
  const left = onPerson((now) => {
    if (now !== person) open?.close()
  })
  const close = () => {
    open = undefined
    queue.close()
    clearTimeout(timer)
    typed()
    left()
    window.removeEventListener('online', online)
    window.removeEventListener('focus', back)
    document.removeEventListener('visibilitychange', back)
    forgetStatus()
  }
  open = { person, queue, close }
  void queue.changed().then(run, () => undefined)
  return queue
}

type Unsent = { id: string; kind: About['kind'] | 'draft'; title: string | undefined }

/** Everything that the person has made and the server does not have, by the names of the activities. */
export async function unsentOf(person: string): Promise<Unsent[]> {
  const writes = await writesOf(person).catch(() => [])
  const all = [
    ...writes.map(({ key, about }) => ({ id: key, ...about })),
    ...unsentDrafts(person).map(({ course, activity }) => ({
      id: `${course}.${activity}`,
      kind: 'draft' as const,
      course,
      activity,
    })),
  ]
  return Promise.all(
    all.map(async ({ id, kind, course, activity }) => ({ id, kind, title: await titleOf(course, activity) })),
  )
}

/** What asks for an answer, out of what its draft and its writes are kept under; undefined of all else. */
export function measureOf(
  course: string,
  activity: string,
): { cohort: string; instrument: string; point: string } | undefined {
  const [kind, cohort, instrument, point] = activity.split('.')
  if (course !== 'psycap' || kind !== 'measure' || !cohort || !instrument || !point) return undefined
  return { cohort, instrument, point }
}

/** The title of an activity, when it has been opened in this browser. */
export async function titleOf(course: string, activity: string): Promise<string | undefined> {
  const person = currentPerson()
  if (person === undefined) return undefined
  const measure = measureOf(course, activity)
  const path = measure
    ? `/api/psycap/measures/${measure.cohort}/${measure.instrument}/${measure.point}`
    : `/api/courses/${course}/activities/${activity}`
  const kept = await keptAnswer(person, path).catch(() => undefined)
  if (kept === undefined) return undefined
  const { title } = JSON.parse(kept.text) as { title?: unknown }
  return typeof title === 'string' ? title : undefined
}

/** Somebody is signed in: of what others left here, only what they have not sent stays, for them. */
export async function tidyBrowser(person: string): Promise<void> {
  forgetPlaces(person)
  forgetCopiesOfOthers(person)
  await tidyOthers(person)
}

/** Somebody signs out: the device may be shared, and nothing of them stays. */
export async function emptyBrowser(person: string): Promise<void> {
  if (open?.person === person) open.close()
  // From here on it is nobody's page: an answer that is still on its way is not put away any more.
  setPerson(undefined)
  forgetMe()
  forgetDraftsOf(person)
  forgetPlaces()
  await forgetPerson(person).catch(() => undefined)
}

/** For the page that lists them: sends a refused write once more, or gives it up. */
export const retry = (id: number, change?: Pick<Entry, 'method' | 'path' | 'body'>) =>
  open?.queue.retry(id, change)
export const discard = (id: number) => open?.queue.discard(id)
