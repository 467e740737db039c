import type { Page } from 'playwright-core'
import { eventually, holds, type Kit } from '../kit'

type Asking = { id: string; reference: string; askedBy: string }

/** A scheduler marks a doctor away; the deputy answers in the doctor's place, and the coordinator sees who did. */
export async function deputies(kit: Kit): Promise<void> {
  const sanna = await kit.signIn('sanna')
  await kit.step('a scheduler sees who of the unit is away', async () => {
    await sanna.getByRole('link', { name: 'Poissaolot ja sijaiset' }).click()
    await sanna.getByRole('heading', { level: 1, name: 'Poissaolot ja sijaiset' }).waitFor()
    await sanna.getByRole('link', { name: /Sofia Lindholm.*Ei tulevia poissaoloja/ }).waitFor()
  })
  await kit.check(sanna, 'absences of a unit')
  await kit.step('and marks a doctor away, with a deputy', async () => {
    await sanna.getByRole('link', { name: /Sofia Lindholm/ }).click()
    await sanna.getByRole('heading', { level: 1, name: 'Sofia Lindholm' }).waitFor()
    await sanna.getByRole('button', { name: 'Merkitse poissaolo' }).click()
    // Until tomorrow, so that a midnight on the way does not bring the doctor back.
    await sanna.getByRole('textbox', { name: /Viimeinen poissaolopäivä/ }).fill(tomorrow())
    await sanna.getByRole('button', { name: 'Tallenna' }).click()
    await sanna.getByText('Sijainen: Mikko Saarinen').waitFor()
  })
  await kit.check(sanna, 'absences of a person')

  const mikko = await kit.signIn('mikko')
  const asked = await kit.step(
    'the deputy finds what waits for the doctor on the page of today',
    async () => {
      await mikko.goto('/today')
      await mikko.getByText('Vastaat sijaisena, lääkäri Sofia Lindholm on poissa.').first().waitFor()
      const { appointments } = (await read(mikko, '/api/unanswered')) as { appointments: Asking[] }
      const [first] = appointments
      if (!first) throw new Error('nothing waits for the deputy')
      return first
    },
  )
  await kit.check(mikko, 'unanswered of the absent')
  await kit.step('and answers with one tap', async () => {
    const card = mikko.getByRole('article').filter({ hasText: asked.reference })
    await card.getByRole('button', { name: 'Sopii', exact: true }).click()
    await card.getByText('Vastasit: sopii').waitFor()
    await eventually(
      'the answer',
      async () => (await read(mikko, `/api/appointments/${asked.id}`)).state,
      'booked',
    )
  })

  const coordinator = await kit.signIn(asked.askedBy === 'Ville Koskinen' ? 'ville' : 'aino')
  await kit.step('the coordinator sees who answered, and for whom', async () => {
    await coordinator.goto(`/appointments/${asked.id}`)
    await coordinator
      .getByText('Mikko Saarinen hyväksyi ajan sijaisena. Sofia Lindholm tulee vastaanotolle.')
      .waitFor()
  })
  await kit.check(coordinator, 'answered by a deputy')
  await kit.step('and is told before asking that the doctor is away', async () => {
    const { doctors } = (await read(coordinator, '/api/doctors')) as {
      doctors: { person: string; name: string }[]
    }
    const doctor = doctors.find(({ name }) => name === 'Sofia Lindholm')?.person ?? ''
    await coordinator.goto(`/waiting/new?doctor=${doctor}`)
    await coordinator.getByText('Pyyntö siirtyy heti sijaiselle: Mikko Saarinen.').waitFor()
  })
  await kit.check(coordinator, 'asking for a doctor who is away')

  await kit.step('when the doctor is back, nothing waits for the deputy any more', async () => {
    await sanna.getByRole('button', { name: /^Päätä poissaolo/ }).click()
    await sanna.getByRole('dialog').getByRole('button', { name: 'Päätä poissaolo' }).click()
    await sanna.getByText('Ei tulevia poissaoloja').waitFor()
    await mikko.reload()
    await mikko.getByText('Mikään ei odota vastaustasi.').waitFor()
  })
}

async function read(page: Page, path: string): Promise<Record<string, unknown>> {
  const answer = await page.request.get(path)
  holds(answer.ok(), `${path}: ${answer.status()}`)
  return answer.json()
}

function tomorrow(): string {
  return new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki' }).format(Date.now() + 24 * 3_600_000)
}
