import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { serve, show } from '../../../test-page'
import { type Draft, type Plan, planQuery } from './api'
import { PlanView } from './MeasuresPage'
import { dayChoices, draftOf, effectsOf, firstPlan, isSame, withPoint } from './plan'

const instrument = (id: string, title: string, part: Partial<Plan['instruments'][number]> = {}) => ({
  id,
  title,
  minutes: 2,
  may: true,
  ...part,
})

function planWith(part: Partial<Plan> = {}): Plan {
  return {
    cohort: 'k1',
    name: 'Syksyn ryhmä',
    starts: '2026-09-01',
    planned: true,
    mayChange: true,
    floor: 10,
    ends: '2026-12-15',
    days: 21,
    points: [
      { point: 'start', opens: '2026-09-01', closes: '2026-09-21', state: 'closed', asked: true },
      { point: 'end', opens: '2026-12-15', closes: '2027-01-04', state: 'open', asked: false },
      { point: 'week', opens: '2026-12-22', closes: '2027-01-11', state: 'ahead', asked: false },
      { point: 'month', opens: '2027-01-15', closes: '2027-02-04', state: 'ahead', asked: false },
      { point: 'half_year', opens: '2027-06-15', closes: '2027-07-05', state: 'ahead', asked: false },
    ],
    measures: [{ instrument: 'voimavarat', points: ['start', 'end'] }],
    instruments: [
      instrument('voimavarat', 'Voimavarat', { label: 'Ei validoitu' }),
      instrument('tyokyky', 'Työkyky', { minutes: 1 }),
      instrument('pcq-12', 'PCQ-12', { may: false }),
    ],
    counts: [{ point: 'start', instrument: 'voimavarat', few: false, asked: 16, answered: 12, declined: 2 }],
    ...part,
  }
}

test('points come and go one by one, in the order of time', () => {
  const draft: Draft = { ends: '2026-12-15', days: 21, measures: [] }
  const two = withPoint(withPoint(draft, 'a', 'month', true), 'a', 'start', true)
  expect(two.measures).toEqual([{ instrument: 'a', points: ['start', 'month'] }])
  expect(withPoint(two, 'a', 'start', true)).toEqual(two)
  const more = withPoint(two, 'b', 'end', true)
  expect(more.measures.map((one) => one.instrument)).toEqual(['a', 'b'])
  expect(withPoint(more, 'a', 'month', false).measures[0]).toEqual({ instrument: 'a', points: ['start'] })
  expect(withPoint(more, 'b', 'end', false)).toEqual(two)
})

test('the order in which it was chosen makes no other plan', () => {
  const a: Draft = {
    ends: '2026-12-15',
    days: 21,
    measures: [
      { instrument: 'a', points: ['end'] },
      { instrument: 'b', points: ['end'] },
    ],
  }
  expect(isSame(a, { ...a, measures: [...a.measures].reverse() })).toBe(true)
  expect(isSame(a, { ...a, days: 22 })).toBe(false)
  expect(isSame(a, { ...a, ends: '2026-12-16' })).toBe(false)
  expect(isSame(a, { ...a, measures: a.measures.slice(1) })).toBe(false)
  expect(dayChoices(25)).toEqual([7, 14, 21, 25, 30, 45, 60])
})

test('a first plan asks only what may be asked', () => {
  expect(firstPlan(planWith()).measures).toEqual([
    { instrument: 'voimavarat', points: ['start', 'end'] },
    { instrument: 'tyokyky', points: ['start', 'end', 'week', 'month', 'half_year'] },
  ])
})

test.each<[string, Partial<Plan>, (draft: Draft) => Draft, unknown[]]>([
  ['nothing new', {}, (draft) => draft, [{ what: 'kept', point: 'start', answered: 12 }]],
  [
    'a later point',
    {},
    (draft) => withPoint(draft, 'tyokyky', 'week', true),
    [
      { what: 'kept', point: 'start', answered: 12 },
      { what: 'first', point: 'week', day: '2026-12-22' },
    ],
  ],
  [
    'a point that is open',
    {},
    (draft) => withPoint(draft, 'tyokyky', 'end', true),
    [
      { what: 'kept', point: 'start', answered: 12 },
      { what: 'now', point: 'end', until: '2027-01-04' },
    ],
  ],
  [
    'a point that closed',
    {},
    (draft) => withPoint(draft, 'tyokyky', 'start', true),
    [
      { what: 'kept', point: 'start', answered: 12 },
      { what: 'over', point: 'start', day: '2026-09-21' },
    ],
  ],
  [
    'what was answered is asked no more',
    {},
    (draft) => withPoint(draft, 'voimavarat', 'start', false),
    [{ what: 'ended', point: 'start', instrument: 'voimavarat', answered: 12 }],
  ],
  [
    'too few to count',
    {
      counts: [{ point: 'start', instrument: 'voimavarat', few: true, asked: 0, answered: 0, declined: 0 }],
    },
    (draft) => draft,
    [{ what: 'kept', point: 'start' }],
  ],
  ['nothing at all', { counts: [] }, (draft) => ({ ...draft, measures: [] }), [{ what: 'nothing' }]],
])('what a change does: %s', (_name, part, change, want) => {
  const plan = planWith(part)
  expect(effectsOf(plan, change(draftOf(plan)), plan.points)).toEqual(want)
})

test('the plan shows when, what and how many, and who may only look changes nothing', async () => {
  serve(() => ({ body: {} }))
  await show(<PlanView plan={planWith({ mayChange: false })} />)
  const start = (await screen.findByRole('heading', { name: 'Alku' })).closest('li') as HTMLElement
  within(start).getByText('Päättynyt')
  within(start).getByText('1.9.2026–21.9.2026')
  within(start).getByText('12 / 16 vastannut · 2 ei halua vastata')
  const week = screen.getByRole('heading', { name: 'Viikko lopun jälkeen' }).closest('li') as HTMLElement
  within(week).getByText('Ei kyselyä')
  expect(screen.queryByRole('button', { name: 'Muuta suunnitelmaa' })).toBeNull()
})

test('numbers of a small group are not shown', async () => {
  serve(() => ({ body: {} }))
  const few = {
    point: 'start',
    instrument: 'voimavarat',
    few: true,
    asked: 0,
    answered: 0,
    declined: 0,
  } as const
  await show(<PlanView plan={planWith({ counts: [few] })} />)
  await screen.findByText('Lukumäärät näkyvät, kun kyselyn on saanut vähintään 10 ihmistä.')
  expect(screen.queryByText(/vastannut/)).toBeNull()
})

test('a change is told before it is saved', async () => {
  const plan = planWith()
  const asked = serve(({ method, body }) => ({
    body: method === 'PUT' ? { ...plan, ...(body as object) } : plan,
  }))
  const user = userEvent.setup()
  await show(<PlanView plan={plan} />)
  await user.click(await screen.findByRole('button', { name: 'Muuta suunnitelmaa' }))
  const grid = screen.getByRole('table')
  expect(within(grid).getAllByRole('checkbox')).toHaveLength(15)
  expect((screen.getByRole('checkbox', { name: 'PCQ-12: Alku' }) as HTMLInputElement).disabled).toBe(true)
  await user.click(screen.getByRole('checkbox', { name: 'Työkyky: Puoli vuotta lopun jälkeen' }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  const dialog = await screen.findByRole('dialog')
  within(dialog).getByText('Alku: 12 on jo vastannut. Heiltä ei kysytä uudelleen.')
  within(dialog).getByText(/Puoli vuotta lopun jälkeen: kysely avautuu 15.6.2027/)
  await user.click(within(dialog).getByRole('button', { name: 'Tallenna' }))
  await screen.findByText('Tallennettu')
  await waitFor(() =>
    expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      ends: '2026-12-15',
      days: 21,
      measures: [
        { instrument: 'voimavarat', points: ['start', 'end'] },
        { instrument: 'tyokyky', points: ['half_year'] },
      ],
    }),
  )
})

test('whoever goes on at once goes on from the plan that was saved', async () => {
  const plan = planWith()
  const saved = planWith({ ends: '2027-01-31', days: 30 })
  serve(({ method }) => ({ body: method === 'PUT' ? saved : plan }))
  const { queries } = await show(<PlanView plan={plan} />)
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Muuta suunnitelmaa' }))
  await user.click(screen.getByRole('checkbox', { name: 'Työkyky: Puoli vuotta lopun jälkeen' }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Tallenna' }))
  await screen.findByText('Tallennettu')
  expect(queries.getQueryData(planQuery('k1', 'fi').queryKey)).toEqual(saved)
})

test('an empty plan offers a first one', async () => {
  const plan = planWith({ planned: false, measures: [], counts: [] })
  const asked = serve(() => ({ body: plan }))
  const user = userEvent.setup()
  await show(<PlanView plan={plan} />)
  await screen.findByRole('heading', { name: 'Ryhmältä ei kysytä vielä mitään' })
  await user.click(screen.getByRole('button', { name: 'Ota tämä käyttöön' }))
  const dialog = await screen.findByRole('dialog')
  within(dialog).getByText(/Loppu on auki 4\.1\.2027 asti/)
  await user.click(within(dialog).getByRole('button', { name: 'Tallenna' }))
  await waitFor(() => expect(asked.some(({ method }) => method === 'PUT')).toBe(true))
})
