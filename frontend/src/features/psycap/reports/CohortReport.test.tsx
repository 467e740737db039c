import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { type Answer, personWith, serve, show } from '../../../test-page'
import type { Preview, Reportable } from './api'
import { CohortReport } from './CohortReport'

const cohort: Reportable = {
  cohort: 'k1',
  name: 'Syksyn ryhmä',
  org: 'org',
  small: false,
  measures: [{ instrument: 'tyokyky', version: '1', title: 'Työkyky', points: ['start', 'end'] }],
}

const shown: Preview = {
  shown: true,
  floor: 10,
  sections: [
    { instrument: 'tyokyky', version: '1', title: 'Työkyky', shown: true, atLeast: 20, covered: [] },
  ],
}

const tooMany = (seconds: string): Answer => ({
  status: 429,
  body: { status: 429, code: 'too_many', detail: '' },
  headers: { 'Retry-After': seconds },
})

const tooOften = /^Olet kokeillut monta valintaa peräkkäin/
const make = () => screen.getByRole('button', { name: 'Tee raportti' })

test('who tried too much is told how long to wait, and can try again', async () => {
  const answers = [tooMany('7'), tooMany('1'), { body: shown }]
  const asked = serve(() => answers.shift() ?? { status: 500 })
  await show(<CohortReport cohorts={[cohort]} />, personWith('trainer'))

  expect((await screen.findByText(tooOften)).textContent).toContain('Odota 7 sekuntia ja yritä uudelleen.')
  expect(screen.getByText(tooOften).closest('[role="alert"], [role="status"], [aria-live]')).not.toBeNull()
  expect(make().getAttribute('aria-disabled')).toBe('true')
  await userEvent.click(make())
  expect(screen.queryByRole('dialog')).toBeNull()
  // What was chosen is still chosen.
  expect((screen.getByRole('checkbox', { name: 'Työkyky' }) as HTMLInputElement).checked).toBe(true)

  await userEvent.click(screen.getByRole('button', { name: 'Yritä uudelleen' }))
  await waitFor(() => expect(screen.getByText(tooOften).textContent).toContain('Odota sekunti ja'))
  await userEvent.click(screen.getByRole('button', { name: 'Yritä uudelleen' }))
  await screen.findByText(/Voidaan näyttää/)
  expect(screen.queryByText(tooOften)).toBeNull()
  expect(make().getAttribute('aria-disabled')).toBe('false')
  expect(asked.map(({ path }) => path)).toEqual(Array(3).fill('/api/psycap/reports/preview'))
})

test('another choice is asked of at once, and takes the notice away', async () => {
  serve(({ body }) => ((body as { points: string[] }).points.length > 1 ? tooMany('9') : { body: shown }))
  await show(<CohortReport cohorts={[cohort]} />, personWith('trainer'))
  await screen.findByText(tooOften)
  await userEvent.click(screen.getByRole('checkbox', { name: 'Lopussa' }))
  await screen.findByText(/Voidaan näyttää/)
  expect(screen.queryByText(tooOften)).toBeNull()
})
