import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { serve, show } from '../../test-page'
import type { Feed, Notice } from './api'
import { NoticeChoices } from './NoticeChoices'
import { byDay, NoticesPage, placeOf } from './NoticesPage'

function notice(part: Partial<Notice>): Notice {
  return {
    id: 'n',
    at: '2026-11-20T10:00:00Z',
    kind: 'feedback',
    news: 'returned',
    title: 'Tapaus Jari',
    courseTitle: 'Koordinaattori',
    course: 'coord',
    activity: 'case',
    count: 1,
    read: false,
    ...part,
  }
}

/** A server that knows what was read. */
function serveFeed(notices: Notice[]) {
  const read = new Set(notices.filter((one) => one.read).map((one) => one.id))
  const unread = () => notices.filter((one) => !read.has(one.id)).length
  return serve(({ method, path, body }) => {
    if (method === 'PUT') for (const id of (body as { notices: string[] }).notices) read.add(id)
    if (path !== '/api/notices') return { body: { unread: unread() } }
    const feed: Feed = {
      unread: unread(),
      notices: notices.map((one) => ({ ...one, read: read.has(one.id) })),
    }
    return { body: feed }
  })
}

test('notices stand by their Finnish day, the newest first', () => {
  const days = byDay([
    notice({ id: 'a', at: '2026-11-20T22:30:00Z' }),
    notice({ id: 'b', at: '2026-11-20T21:59:00Z' }),
    notice({ id: 'c', at: '2026-11-19T22:00:00Z' }),
  ])
  expect(days.map(([day, notices]) => [day, notices.map(({ id }) => id)])).toEqual([
    ['2026-11-21', ['a']],
    ['2026-11-20', ['b', 'c']],
  ])
})

test('each notice leads to where something can be done about it', () => {
  expect(placeOf(notice({}))).toEqual({
    to: '/courses/$course/activities/$activity',
    params: { course: 'coord', activity: 'case' },
  })
  expect(placeOf(notice({ certificate: 'LUO-1', activity: undefined, count: 0 })).to).toBe(
    '/certificates/$number',
  )
  expect(placeOf(notice({ activity: undefined, count: 4 })).to).toBe('/courses/$course')
  expect(placeOf(notice({ kind: 'measure', news: 'measure', activity: undefined })).to).toBe('/measures')
})

test('what is opened is read, and the rest is with one press', async () => {
  const asked = serveFeed([
    notice({
      id: 'due',
      kind: 'due',
      news: 'due',
      title: 'Moduuli 3',
      activity: undefined,
      count: 4,
      due: '2026-12-05',
    }),
    notice({ id: 'returned' }),
    notice({ id: 'old', news: 'approved', title: 'Testi', read: true }),
  ])
  const user = userEvent.setup()
  const { router } = await show(<NoticesPage />)
  await screen.findByText('2 lukematonta')
  screen.getByRole('link', { name: /Lukematon: Määräpäivä la 5\.12\.: Moduuli 3 \(4 tehtävää\)/ })
  expect(screen.getByRole('link', { name: /Hyväksytty: Testi/ }).textContent).not.toContain('Lukematon')
  await user.click(screen.getByRole('link', { name: /Sait palautetta, täydennä vielä: Tapaus Jari/ }))
  await screen.findByRole('heading', { name: 'Muualla' })
  expect(router.state.location.pathname).toBe('/courses/coord/activities/case')
  await waitFor(() =>
    expect(asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
      { notices: ['returned'] },
    ]),
  )
  await router.navigate({ to: '/' })
  await screen.findByText('Yksi lukematon')
  await user.click(screen.getByRole('button', { name: 'Merkitse kaikki luetuiksi' }))
  await screen.findByText('Kaikki luettu')
  expect(screen.queryByRole('button', { name: 'Merkitse kaikki luetuiksi' })).toBeNull()
})

test('nothing to tell says so, and a failure can be tried again', async () => {
  let away = true
  serve(({ path }) =>
    path === '/api/notices/count'
      ? { body: { unread: 0 } }
      : away
        ? { status: 500, body: { status: 500, code: 'internal' } }
        : { body: { unread: 0, notices: [] } },
  )
  const user = userEvent.setup()
  await show(<NoticesPage />)
  await screen.findByRole('alert')
  away = false
  await user.click(screen.getByRole('button', { name: 'Yritä uudelleen' }))
  await screen.findByText('Ei ilmoituksia')
})

test('every kind is chosen for each place, and saved together', async () => {
  const kinds = ['feedback', 'release', 'due', 'follow_up', 'finished', 'measure', 'goal'] as const
  const asked = serve(({ method, body }) => ({
    body:
      method === 'PUT'
        ? body
        : { choices: kinds.map((kind) => ({ kind, feed: true, mail: kind !== 'due' })) },
  }))
  const user = userEvent.setup()
  await show(<NoticeChoices />)
  const table = await screen.findByRole('table')
  expect(within(table).getAllByRole('checkbox')).toHaveLength(14)
  const due = screen.getByRole('checkbox', { name: 'Lähestyvä määräpäivä: Sähköpostilla' })
  expect((due as HTMLInputElement).checked).toBe(false)
  await user.click(screen.getByRole('checkbox', { name: 'Palaute: Sähköpostilla' }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await screen.findByText('Tallennettu')
  const sent = asked.find(({ method }) => method === 'PUT')?.body as {
    choices: { kind: string; mail: boolean }[]
  }
  expect(sent.choices.filter(({ mail }) => !mail).map(({ kind }) => kind)).toEqual(['feedback', 'due'])
})
