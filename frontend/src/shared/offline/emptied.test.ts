import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { readOrKept } from '../http/reading'
import { currentPerson, setPerson } from '../session/person'
import { emptyBrowser } from './outbox'

const lesson = () => new Request('http://localhost:3000/api/courses/k/activities/m1')
const answer = () =>
  new Response('{"title":"Oppitunti"}', { headers: { 'Content-Type': 'application/json' } })
const held = async () => (await indexedDB.databases()).map((one) => one.name)

test('what is read is kept, and goes when its reader signs out', async () => {
  setPerson('aino')
  await readOrKept(lesson(), async () => answer())
  await expect.poll(held).toEqual(['luotsi:aino'])
  await emptyBrowser('aino')
  expect(await held()).toEqual([])
})

test('from then on the page is nobody’s: what still arrives is not put away', async () => {
  setPerson('aino')
  await emptyBrowser('aino')
  expect(currentPerson()).toBeUndefined()
  await readOrKept(lesson(), async () => answer())
  expect(await held()).toEqual([])
})
