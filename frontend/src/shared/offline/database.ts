import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'

/** A write that a person made, kept until the server has taken it. */
export type Entry = {
  /** The order in which they were made. */
  id: number
  /** The idempotency key under which it is sent, every time. */
  key: string
  method: string
  path: string
  body: string
  about: About
  /** When it was made, and when it was first sent (unix ms). */
  at: number
  tried?: number
  /** Why the server did not take it; without, it waits. */
  refused?: Refusal
}

/** What a write is about: for the person, and to show the place as it will be. */
export type About = {
  kind:
    | 'done'
    | 'viewed'
    | 'read'
    | 'answers'
    | 'text'
    | 'elsewhere'
    | 'try'
    | 'reflection'
    | 'sharing'
    | 'exercise'
    | 'measure'
  course: string
  activity: string
}

export type Refusal = { status: number; code: string; body: unknown }

export type KeptAnswer = { text: string; at: number }

interface Schema extends DBSchema {
  writes: { key: number; value: Entry }
  answers: { key: string; value: KeptAnswer }
}

const PREFIX = 'luotsi:'
const opened = new Map<string, Promise<IDBPDatabase<Schema>>>()

/** Each person's own: nothing of one is ever in another's. */
function open(person: string): Promise<IDBPDatabase<Schema>> {
  let database = opened.get(person)
  if (database === undefined) {
    const close = () => {
      void database?.then((one) => one.close())
      opened.delete(person)
    }
    database = openDB<Schema>(PREFIX + person, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('writes', { keyPath: 'id', autoIncrement: true })
        fresh.createObjectStore('answers')
      },
      // Another page empties it, or brings a newer form of it.
      blocking: close,
      terminated: close,
    })
    database.catch(() => opened.delete(person))
    opened.set(person, database)
  }
  return database
}

/** Adds a write, or gives the one that waits already when it was made just before and says the same: that is one wish. */
export async function addWrite(person: string, entry: Omit<Entry, 'id'>): Promise<Entry> {
  const transaction = (await open(person)).transaction('writes', 'readwrite')
  const last = (await transaction.store.getAll()).findLast(({ about }) => isAboutSame(about, entry.about))
  if (last && !last.refused && isSame(last, entry)) return last
  const id = await transaction.store.add(entry as Entry)
  await transaction.done
  return { ...entry, id }
}

function isAboutSame(one: About, other: About): boolean {
  return one.course === other.course && one.activity === other.activity
}

function isSame(one: Omit<Entry, 'id'>, other: Omit<Entry, 'id'>): boolean {
  return one.method === other.method && one.path === other.path && one.body === other.body
}

/** Copies of what was read give way to what was written: they can be had again. */
export async function makeRoom(person: string): Promise<void> {
  await (await open(person)).clear('answers')
}

/** Oldest first. */
export async function writesOf(person: string): Promise<Entry[]> {
  return (await open(person)).getAll('writes')
}

/** Notes something about a write, unless it is gone meanwhile. */
export async function changeWrite(person: string, id: number, change: Partial<Entry>): Promise<void> {
  const transaction = (await open(person)).transaction('writes', 'readwrite')
  const entry = await transaction.store.get(id)
  if (entry !== undefined) await transaction.store.put({ ...entry, ...change })
  await transaction.done
}

export async function dropWrite(person: string, id: number): Promise<void> {
  await (await open(person)).delete('writes', id)
}

export async function keepAnswer(person: string, path: string, text: string): Promise<void> {
  await (await open(person)).put('answers', { text, at: Date.now() }, path)
}

export async function dropAnswer(person: string, path: string): Promise<void> {
  await (await open(person)).delete('answers', path)
}

export async function keptAnswer(person: string, path: string): Promise<KeptAnswer | undefined> {
  return (await open(person)).get('answers', path)
}

/** Nothing of the person stays. */
export async function forgetPerson(person: string): Promise<void> {
  await (await opened.get(person))?.close()
  opened.delete(person)
  await deleteDB(PREFIX + person)
}

/**
 * What others left in this browser when their session ended: copies of what they read go, for they can be had again;
 * what they have not sent stays sealed under their own name until they come back.
 */
export async function tidyOthers(person: string): Promise<void> {
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    if (!name?.startsWith(PREFIX) || name === PREFIX + person) continue
    const other = name.slice(PREFIX.length)
    if ((await writesOf(other)).length === 0) await forgetPerson(other)
    else await (await open(other)).clear('answers')
  }
}
