import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../http/problem'
import { DraftKeeper, type Saved } from './keeper'
import { forgetDraftsOf, keepLocally, keptLocally } from './local'
import { otherText } from './saving'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

type Save = (draft: Saved) => Promise<{ rev: number }>

function keeper(save: Save, saved: Saved = { text: '', rev: 0 }): DraftKeeper {
  const made = new DraftKeeper({ person: 'p', subject: 's', saved, save, otherText })
  made.open()
  return made
}

/** A server that takes every save. */
function willing(): { saves: Saved[]; save: Save } {
  const saves: Saved[] = []
  return {
    saves,
    save: async (draft) => {
      saves.push(draft)
      return { rev: draft.rev + 1 }
    },
  }
}

test('a draft is saved a second after a pause, once', async () => {
  const { saves, save } = willing()
  const draft = keeper(save)
  draft.type('a')
  await vi.advanceTimersByTimeAsync(600)
  draft.type('ab')
  await vi.advanceTimersByTimeAsync(999)
  expect(saves).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(saves).toEqual([{ text: 'ab', rev: 0 }])
  expect(draft.read()).toEqual({ text: 'ab', status: { kind: 'saved' } })
})

test('someone who types without a pause is saved every five seconds all the same', async () => {
  const { saves, save } = willing()
  const draft = keeper(save)
  for (let letters = 1; letters <= 20; letters++) {
    draft.type('x'.repeat(letters))
    await vi.advanceTimersByTimeAsync(500)
  }
  expect(saves.length).toBeGreaterThanOrEqual(2)
  expect(saves.map((one) => one.rev)).toEqual([...saves.keys()])
})

test('the text is in this browser from the first key until the server has it', async () => {
  const { save } = willing()
  const draft = keeper(save)
  draft.type('kesken')
  expect(keptLocally('p', 's')).toEqual({ text: 'kesken', rev: 0 })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(keptLocally('p', 's')).toBeUndefined()
})

test('while the server is away the text stays and is sent again by itself', async () => {
  const { saves, save } = willing()
  let away = true
  const draft = keeper(async (one) => {
    if (away) throw new Problem(503, 'unavailable', [], 5)
    return save(one)
  })
  draft.type('kesken')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(draft.read().status.kind).toBe('waiting')
  expect(keptLocally('p', 's')?.text).toBe('kesken')
  draft.type('kesken vielä')
  expect(draft.read().status.kind).toBe('waiting')
  away = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(saves).toEqual([{ text: 'kesken vielä', rev: 0 }])
  expect(draft.read().status.kind).toBe('saved')
})

test('a text from another device is shown beside this one, and this one can stay', async () => {
  const { saves, save } = willing()
  const draft = keeper(async (one) => {
    if (one.rev < 7) throw new Problem(409, 'draft_conflict', [], undefined, { rev: 7, text: 'puhelimella' })
    return save(one)
  })
  draft.type('koneella')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(draft.read()).toEqual({
    text: 'koneella',
    status: { kind: 'conflict', theirs: { rev: 7, text: 'puhelimella' } },
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(saves).toEqual([])
  draft.keepMine()
  await vi.advanceTimersByTimeAsync(0)
  expect(saves).toEqual([{ text: 'koneella', rev: 7 }])
  expect(draft.read().status.kind).toBe('saved')
})

test('or the other one is taken', async () => {
  const draft = keeper(async () => {
    throw new Problem(409, 'draft_conflict', [], undefined, { rev: 7, text: 'puhelimella' })
  })
  draft.type('koneella')
  await vi.advanceTimersByTimeAsync(1_000)
  draft.takeTheirs()
  expect(draft.read()).toEqual({ text: 'puhelimella', status: { kind: 'saved' } })
  expect(keptLocally('p', 's')).toBeUndefined()
})

test('the same text on both sides is no conflict', async () => {
  const draft = keeper(async () => {
    throw new Problem(409, 'draft_conflict', [], undefined, { rev: 2, text: 'sama' })
  })
  draft.type('sama')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(draft.read()).toEqual({ text: 'sama', status: { kind: 'saved' } })
})

test('what never arrived is picked up when the page comes back', async () => {
  keepLocally('p', 's', { text: 'bussissa kirjoitettu', rev: 3 })
  const { saves, save } = willing()
  const draft = keeper(save, { text: 'vanha', rev: 3 })
  expect(draft.read().text).toBe('bussissa kirjoitettu')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(saves).toEqual([{ text: 'bussissa kirjoitettu', rev: 3 }])
})

test('if the server has moved on meanwhile, the person chooses', () => {
  keepLocally('p', 's', { text: 'bussissa kirjoitettu', rev: 3 })
  const draft = keeper(willing().save, { text: 'kotona kirjoitettu', rev: 5 })
  expect(draft.read()).toEqual({
    text: 'bussissa kirjoitettu',
    status: { kind: 'conflict', theirs: { text: 'kotona kirjoitettu', rev: 5 } },
  })
})

test('a copy of the page that is older than what was saved shows what was saved', async () => {
  const { save } = willing()
  const options = { person: 'p', subject: 's', save, otherText, learning: true }
  const draft = new DraftKeeper({ ...options, saved: { text: '', rev: 0 } })
  draft.open()
  draft.type('tallennettu')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(draft.read().status.kind).toBe('saved')
  const again = new DraftKeeper({ ...options, saved: { text: '', rev: 0 } })
  expect(again.read()).toEqual({ text: 'tallennettu', status: { kind: 'saved' } })
  // With what the server has by now, the copy has served.
  const later = new DraftKeeper({ ...options, saved: { text: 'toisaalla jatkettu', rev: 2 } })
  expect(later.read()).toEqual({ text: 'toisaalla jatkettu', status: { kind: 'saved' } })
  expect(keptLocally('p', 's')).toBeUndefined()
})

test('typed after a save and read from an older copy is no conflict', () => {
  keepLocally('p', 's', { text: 'tunnelissa jatkettu', rev: 4, learning: true })
  const draft = keeper(willing().save, { text: 'alku', rev: 2 })
  expect(draft.read()).toEqual({ text: 'tunnelissa jatkettu', status: { kind: 'pending' } })
})

test('a draft remembers what it will be handed in over, however new the page is that picks it up', () => {
  const options = { person: 'p', subject: 's', save: willing().save, otherText, learning: true }
  const first = new DraftKeeper({ ...options, saved: { text: '', rev: 2 }, over: 1_000 })
  first.type('jatkoa')
  expect(new DraftKeeper({ ...options, saved: { text: '', rev: 2 }, over: 2_000 }).over).toBe(1_000)
  first.submitted()
  expect(new DraftKeeper({ ...options, saved: { text: '', rev: 2 }, over: 2_000 }).over).toBe(2_000)
  // What an older program kept does not say.
  keepLocally('p', 's', { text: 'vanhaa', rev: 2 })
  expect(new DraftKeeper({ ...options, saved: { text: '', rev: 2 }, over: 2_000 }).over).toBe(2_000)
})

test('a refused text says why and is kept', async () => {
  const draft = keeper(async () => {
    throw new Problem(400, 'invalid_request', [{ name: 'text', code: 'no_identity_code' }])
  })
  draft.type('131052-308T')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(draft.read().status).toMatchObject({ kind: 'refused', problem: { code: 'invalid_request' } })
  expect(keptLocally('p', 's')?.text).toBe('131052-308T')
})

test('leaving the page sends what was not sent yet', async () => {
  const { saves, save } = willing()
  const draft = keeper(save)
  draft.type('viime hetkellä')
  draft.close()
  await vi.advanceTimersByTimeAsync(0)
  expect(saves).toEqual([{ text: 'viime hetkellä', rev: 0 }])
})

test('a text that was changed and changed back is saved, for the server has it', async () => {
  const { saves, save } = willing()
  const draft = keeper(save, { text: 'sama', rev: 3 })
  draft.type('samat')
  draft.type('sama')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(saves).toEqual([])
  expect(draft.read()).toEqual({ text: 'sama', status: { kind: 'saved' } })
  expect(keptLocally('p', 's')).toBeUndefined()
})

test('while the person chooses between two texts nothing is sent, even of what was typed just before', async () => {
  let saves = 0
  const draft = keeper(async () => {
    saves += 1
    await new Promise((resolve) => setTimeout(resolve, 500))
    throw new Problem(409, 'draft_conflict', [], undefined, { rev: 7, text: 'puhelimella' })
  })
  draft.type('koneella')
  await vi.advanceTimersByTimeAsync(1_200)
  draft.type('koneella vielä')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(saves).toBe(1)
  expect(draft.read().status.kind).toBe('conflict')
})

test('handing in waits for the save that is on its way, and sends no other until it is refused', async () => {
  const saves: Saved[] = []
  const draft = keeper(async (one) => {
    saves.push(one)
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { rev: one.rev + 1 }
  })
  draft.type('valmis')
  await vi.advanceTimersByTimeAsync(1_000)
  draft.type('valmis!')
  let held = false
  void draft.hold().then(() => {
    held = true
  })
  await vi.advanceTimersByTimeAsync(499)
  expect(held).toBe(false)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(held).toBe(true)
  expect(saves).toEqual([{ text: 'valmis', rev: 0 }])
  draft.release()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(saves.at(-1)).toEqual({ text: 'valmis!', rev: 1 })
})

test('a page that is left while its text is handed in saves nothing beside that, until it is refused', async () => {
  const { saves, save } = willing()
  const draft = keeper(save)
  draft.type('valmis')
  void draft.hold()
  draft.close()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(saves).toEqual([])
  expect(keptLocally('p', 's')?.text).toBe('valmis')
  draft.release()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(saves).toEqual([{ text: 'valmis', rev: 0 }])
})

test('after handing in nothing is saved any more', async () => {
  const { saves, save } = willing()
  const draft = keeper(save)
  draft.type('valmis')
  draft.submitted()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(saves).toEqual([])
  expect(keptLocally('p', 's')).toBeUndefined()
})

test('drafts belong to one person and go away when that one signs out', () => {
  keepLocally('p', 's', { text: 'minun', rev: 1 })
  keepLocally('toinen', 's', { text: 'toisen', rev: 1 })
  localStorage.setItem('luotsi:language', 'sv')
  expect(keptLocally('kolmas', 's')).toBeUndefined()
  forgetDraftsOf('p')
  expect(keptLocally('p', 's')).toBeUndefined()
  expect(keptLocally('toinen', 's')?.text).toBe('toisen')
  expect(localStorage.getItem('luotsi:language')).toBe('sv')
})

test.each([
  { name: 'all of the text', more: undefined },
  { name: 'the text before the last words', more: 'minun, ja lisää' },
])('who signs out while $name is being saved leaves nothing in the browser', async ({ more }) => {
  const save: Save = async ({ rev }) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    return { rev: rev + 1 }
  }
  const draft = new DraftKeeper({
    person: 'p',
    subject: 's',
    saved: { text: '', rev: 0 },
    save,
    otherText,
    learning: true,
  })
  draft.open()
  draft.type('minun')
  await vi.advanceTimersByTimeAsync(2_000)
  if (more) draft.type(more)
  forgetDraftsOf('p')
  draft.close()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(keptLocally('p', 's')).toBeUndefined()
})

test('a kept draft that is broken is no draft', () => {
  localStorage.setItem('luotsi:draft:p:s', '{"text":5}')
  expect(keptLocally('p', 's')).toBeUndefined()
  localStorage.setItem('luotsi:draft:p:s', 'not json')
  expect(keptLocally('p', 's')).toBeUndefined()
})

test('a browser that keeps nothing is told of, so that nobody closes the page', async () => {
  const set = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const draft = keeper(async () => {
    throw new Problem(0, 'network')
  })
  draft.type('vain tällä sivulla')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(draft.read()).toEqual({ text: 'vain tällä sivulla', status: { kind: 'waiting', unstored: true } })
  set.mockRestore()
})
