import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { type Answer, type Asked, personWith, serve, show } from '../../../test-page'
import { OpenHours } from './OpenHours'

const unit = { id: 'u', name: 'Keskustan terveysasema' }
const block = { date: '2026-12-01', from: '13:00', to: '15:00', minutes: 30, served: 4, references: [] }
const rule = {
  unit: 'u',
  unitName: unit.name,
  weekday: 2,
  from: '13:00',
  to: '15:00',
  minutes: 30,
  validFrom: '2026-12-01',
  validUntil: '2026-12-31',
}
const same = {
  kind: 'same',
  month: '2026-11-01',
  from: '2026-12-01',
  until: '2026-12-31',
  places: 20,
  rules: [rule],
}
const hours = { person: 'd', name: 'Mikael Salo', rules: [], exceptions: [], outside: [], returned: [] }

function answer({ method, path }: Asked): Answer {
  if (path.endsWith('/worth'))
    return { body: { unit: 'u', unitName: unit.name, waiting: 5, blocks: [block] } }
  if (path.endsWith('/suggestions')) return { body: { suggestions: [same] } }
  if (method === 'POST') return { status: 201, body: { publication: 'p1', hours } }
  return { body: hours }
}

async function open(answers: typeof answer = answer, asked = serve(answers)) {
  const user = userEvent.setup()
  await show(<OpenHours person="d" units={[unit]} />, personWith('doctor'))
  return { user, asked }
}

test('one tap shows what would help most, the second opens it, the third takes it back', async () => {
  const { user, asked } = await open()
  expect(asked).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Näytä, mistä olisi eniten apua' }))
  await screen.findByText('5 asiakasta odottaa aikaa.')
  expect(screen.getByText('Palvelisi 4 odottavaa')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Avaa ti 1.12. klo 13.00–15.00' }))
  const notice = await screen.findByRole('status')
  expect(notice.textContent).toContain('Julkaistu')
  expect(notice.textContent).toContain('ti 1.12. klo 13.00–15.00')
  expect(asked.find(({ method }) => method === 'POST')).toMatchObject({
    path: '/api/people/d/hours/publications',
    body: {
      rules: [],
      extras: [{ date: '2026-12-01', from: '13:00', to: '15:00', minutes: 30, unit: 'u' }],
    },
  })
  await user.click(within(notice).getByRole('button', { name: 'Kumoa' }))
  await screen.findByText('Julkaisu on kumottu.')
  expect(asked.find(({ method }) => method === 'DELETE')?.path).toBe('/api/people/d/hours/publications/p1')
})

test('the same hours as last month are published as they stand', async () => {
  const { user, asked } = await open()
  await user.click(screen.getByRole('button', { name: 'Näytä, mistä olisi eniten apua' }))
  await screen.findByText('Samat ajat kuin marraskuussa')
  expect(screen.getByText('tiistaisin klo 13.00–15.00 · 1.12.2026–31.12.2026 · 20 aikaa')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Julkaise: Samat ajat kuin marraskuussa' }))
  await screen.findByText('Julkaistu')
  const { unitName: _, ...sent } = rule
  expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ rules: [sent], extras: [] })
})

test('when nobody waits and nothing was done before, it says so', async () => {
  const { user } = await open((asked) => {
    if (asked.path.endsWith('/worth'))
      return { body: { unit: 'u', unitName: unit.name, waiting: 0, blocks: [] } }
    return { body: { suggestions: [] } }
  })
  await user.click(screen.getByRole('button', { name: 'Näytä, mistä olisi eniten apua' }))
  await screen.findByText('Yksikössä ei juuri nyt odoteta yhteisvastaanottoa.')
  await screen.findByText(/Ehdotuksia ei ole/)
})

test('hours that meanwhile overlap others are refused in words, and nothing is published', async () => {
  const { user } = await open((asked) =>
    asked.method === 'POST'
      ? {
          status: 409,
          body: {
            status: 409,
            code: 'hours_overlap',
            fields: [{ name: 'extras[0]', code: 'hours_overlap' }],
          },
        }
      : answer(asked),
  )
  await user.click(screen.getByRole('button', { name: 'Näytä, mistä olisi eniten apua' }))
  await user.click(await screen.findByRole('button', { name: 'Avaa ti 1.12. klo 13.00–15.00' }))
  await screen.findByRole('alert')
  expect(screen.getByRole('alert').textContent).toContain('menevät päällekkäin')
  expect(screen.queryByText('Julkaistu')).toBeNull()
})

test('nothing is shown to whoever is no doctor anywhere', async () => {
  serve(() => ({ body: {} }))
  await show(<OpenHours person="d" units={[]} />, personWith('coordinator'))
  expect(screen.queryByText('Avaa aikoja')).toBeNull()
  vi.unstubAllGlobals()
})
