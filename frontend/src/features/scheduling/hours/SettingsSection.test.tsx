import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, serve, show } from '../../../test-page'
import { SettingsSection } from './SettingsSection'
import { choicesOf } from './settings'

const none = {
  person: 'd',
  name: 'Mikael Salo',
  before: 0,
  after: 0,
  notice: 0,
  horizon: 0,
  dayLimit: 0,
  monthLimit: 0,
  returnDays: 0,
  ask: false,
}

test('a doctor reads in words how they are booked', async () => {
  serve(() => ({
    body: { ...none, after: 10, notice: 24, horizon: 60, dayLimit: 3, returnDays: 7, ask: true },
  }))
  await show(<SettingsSection person="d" doctor own />, personWith('doctor'))
  await screen.findByRole('heading', { name: 'Näin minulle varataan' })
  const said = (await screen.findByText('Väli ajan jälkeen')).closest('dl')?.textContent ?? ''
  expect(said).toContain('Väli ennen aikaaEi väliä')
  expect(said).toContain('Väli ajan jälkeen10 min')
  expect(said).toContain('Varattava viimeistäänPäivää ennen')
  expect(said).toContain('Varattavissa enintään60 päivän päähän')
  expect(said).toContain('Päivässä enintään3 yhteisvastaanottoa')
  expect(said).toContain('Kuukaudessa enintäänEi rajaa')
  expect(said).toContain('Varaamaton aika palautuu7 päivää ennen omaan käyttöön')
  expect(said).toContain('Ennen varaustaKysytään ensin')
})

test('a change sends all of it', async () => {
  const asked = serve(({ body, method }) => ({
    body: method === 'PUT' ? { ...none, ...(body as object) } : none,
  }))
  const user = userEvent.setup()
  await show(<SettingsSection person="d" doctor />, personWith('doctor'))
  await user.click(await screen.findByRole('button', { name: 'Muuta' }))
  await user.click(screen.getByRole('checkbox', { name: /Kysykää ensin/ }))
  await user.click(screen.getByRole('button', { name: 'Tallenna' }))
  await screen.findByText('Kysytään ensin')
  const { person: _, name: __, ...rest } = none
  expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({ ...rest, ask: true })
})

test('whoever only comes along says just what is to be free around a time', async () => {
  serve(() => ({ body: none }))
  await show(<SettingsSection person="d" doctor={false} own />, personWith('coordinator'))
  const facts = (await screen.findByText('Väli ennen aikaa')).closest('dl')
  if (facts === null) throw new Error('there are no facts')
  expect(within(facts).getAllByRole('term')).toHaveLength(2)
})

test('what was chosen elsewhere can be kept', () => {
  expect(choicesOf('before', 7)).toEqual([0, 5, 7, 10, 15, 20, 30, 45, 60])
})
