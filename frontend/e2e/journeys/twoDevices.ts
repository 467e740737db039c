import type { Locator, Page } from 'playwright-core'
import { Caller } from '../caller'
import { eventually, holds, type Kit, textOf } from '../kit'

const COURSE = '/courses/tyokykykoordinaattori'
const REFLECTION = `${COURSE}/activities/m1-reflection`
const TASK = `${COURSE}/activities/m1-case`
const TRY = `${COURSE}/activities/m1-work`

/** One learner with a phone in a tunnel and a computer: what both wrote is shown beside each other, and nothing is lost. */
export async function twoDevices(kit: Kit): Promise<void> {
  const phone = await kit.signIn('aino', undefined, kit.device('allow'))
  await phone.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const computer = await Caller.signIn(kit, 'aino')
  await reflections(kit, phone, computer)
  await tasks(kit, phone, computer)
  await plans(kit, phone, computer)
  await left(kit, phone)
}

async function reflections(kit: Kit, phone: Page, computer: Caller): Promise<void> {
  const mine = 'Kuuntelin ennen kuin ehdotin.'
  const theirs = 'Opin kysymään arjesta.'
  await kit.step('a reflection waits on the phone while another one is kept on the computer', async () => {
    await phone.goto(REFLECTION)
    await phone.getByRole('textbox', { name: 'Pohdintasi' }).waitFor()
    await phone.context().setOffline(true)
    await phone.getByRole('textbox', { name: 'Pohdintasi' }).fill(mine)
    await phone.getByRole('button', { name: 'Tallenna pohdinta' }).click()
    await phone.getByText('Vastauksesi on tallessa tällä laitteella').waitFor()
    await computer.put(`/api${REFLECTION}/reflection`, { text: theirs, privacy: 'private', over: 0 })
    await phone.context().setOffline(false)
  })

  await kit.step('the page shows both, and the server still has the one that came first', async () => {
    await both(phone, mine, theirs)
    holds((await onServer(computer)) === theirs, 'nothing is replaced unseen')
    holds(
      (await phone.getByText('Aiempi vastauksesi ei mennyt perille').count()) === 0,
      'no second notice says less',
    )
  })
  await kit.check(phone, 'two texts')

  await kit.step('so does the list of what is not sent, where they are put together', async () => {
    await phone.goto('/unsent')
    await both(phone, mine, theirs)
    await phone.getByRole('button', { name: 'Yhdistä tekstit' }).click()
    await eventually(
      'joint text',
      () => phone.getByRole('textbox', { name: 'Yhdistetty teksti' }).inputValue(),
      `${mine}\n\n${theirs}`,
    )
  })
  await kit.check(phone, 'two texts put together')

  await kit.step('the joint text is the one that is kept, on every device', async () => {
    await phone.getByRole('textbox', { name: 'Yhdistetty teksti' }).fill(`${theirs} Ja ${mine}`)
    await phone.getByRole('button', { name: 'Tallenna yhdistetty teksti' }).click()
    await phone.getByText('Kaikki on perillä').waitFor()
    await eventually('reflection', () => onServer(computer), `${theirs} Ja ${mine}`)
    await phone.goto(REFLECTION)
    await phone.locator('.submitted-text').getByText(mine).waitFor()
  })

  async function onServer(device: Caller): Promise<string> {
    return (await device.get<{ reflection: { text: string } }>(`/api${REFLECTION}`)).reflection.text
  }
}

async function tasks(kit: Kit, phone: Page, computer: Caller): Promise<void> {
  const answer = phone.getByRole('textbox', { name: 'Vastauksesi' })
  await kit.step(
    'a task that was begun before the computer handed one in is asked about with a network too',
    async () => {
      await phone.goto(TASK)
      await answer.fill('Puhelimella vastattu.')
      await phone.getByText('Luonnos tallennettu').waitFor()
      await computer.post(`/api${TASK}/submission`, { text: 'Koneella vastattu.', over: 0 })
      await phone.getByRole('button', { name: 'Palauta tehtävä' }).click()
      await both(phone, 'Puhelimella vastattu.', 'Koneella vastattu.')
    },
  )

  await kit.step(
    'the one of this device is kept, and the other one stays among what was handed in',
    async () => {
      await phone.getByRole('button', { name: 'Pidä tällä laitteella kirjoitettu' }).click()
      const rounds = async () =>
        (await computer.get<{ task: { rounds: { text: string }[] } }>(`/api${TASK}`)).task.rounds.map(
          ({ text }) => text,
        )
      await eventually('rounds', rounds, ['Koneella vastattu.', 'Puhelimella vastattu.'])
      await phone.getByText('✓ Tallennettu').waitFor()
      await phone.locator('.round').getByText('Puhelimella vastattu.').waitFor()
    },
  )
}

async function plans(kit: Kit, phone: Page, computer: Caller): Promise<void> {
  await kit.step('two plans of one thing to try are shown with their days', async () => {
    await phone.goto(TRY)
    await phone.getByRole('textbox', { name: 'Mitä kokeilet?' }).waitFor()
    await phone.context().setOffline(true)
    await phone.getByRole('textbox', { name: 'Mitä kokeilet?' }).fill('Kysyn lomakkeen sijaan.')
    await phone.getByRole('textbox', { name: 'Mihin mennessä?' }).fill(inDays(14))
    await phone.getByRole('button', { name: 'Tallenna suunnitelma' }).click()
    await phone.getByText('Vastauksesi on tallessa tällä laitteella').waitFor()
    await computer.post(`/api${TRY}/tries`, {
      what: 'Sovin kolmikannan.',
      with: 'Tiimin kanssa',
      by: isoInDays(7),
    })
    await phone.context().setOffline(false)
    await both(phone, 'Kysyn lomakkeen sijaan.', 'Sovin kolmikannan.')
    holds((await textOf(side(phone, 'Toisaalla tallennettu teksti'))).includes('Tiimin kanssa'), 'with whom')
  })
  await kit.check(phone, 'two plans')

  await kit.step('the other one is kept: the page goes on with it', async () => {
    await phone.getByRole('button', { name: 'Ota toisaalla tallennettu' }).click()
    await phone.getByRole('heading', { name: 'Kerro, miten kävi' }).waitFor()
    await phone.locator('.submitted-text').getByText('Sovin kolmikannan.').waitFor()
    await phone.goto('/unsent')
    await phone.getByText('Kaikki on perillä').waitFor()
  })
}

/** A learner is taken out of the course while an answer waits: it is theirs, and they can copy it. */
async function left(kit: Kit, phone: Page): Promise<void> {
  await kit.step('an answer waits while its writer is taken out of the course', async () => {
    await phone.goto(TASK)
    await phone.getByRole('button', { name: 'Täydennä vastausta' }).click()
    const answer = phone.getByRole('textbox', { name: 'Vastauksesi' })
    await eventually(
      'text',
      () => answer.inputValue(),
      (text) => text !== '',
    )
    await phone.context().setOffline(true)
    await answer.fill('Tämä jäi matkalle.')
    await phone.getByRole('button', { name: 'Palauta tehtävä' }).click()
    await phone.getByText('Vastauksesi on tallessa tällä laitteella').waitFor()
    const me = await phone.evaluate(
      () => (JSON.parse(localStorage.getItem('luotsi:me') ?? '{}') as { id: string }).id,
    )
    const trainer = await Caller.signIn(kit, 'paivi')
    const { cohorts } = await trainer.get<{ cohorts: { id: string }[] }>('/api/cohorts')
    for (const { id } of cohorts) await trainer.remove(`/api/cohorts/${id}/learners/${me}`)
    await phone.context().setOffline(false)
  })

  await kit.step('it stays, says why in words, and can be copied', async () => {
    await phone.goto('/unsent')
    const card = phone.locator('li.card')
    await card.getByText(/^Ei mennyt perille\. .+kurssi/).waitFor()
    await card.getByText('Tekstisi', { exact: true }).click()
    await card.getByText('Tämä jäi matkalle.').waitFor()
    await card.getByRole('button', { name: 'Kopioi teksti' }).waitFor()
  })
  await kit.check(phone, 'an answer to a course that one left')
}

function side(page: Page, name: string): Locator {
  return page.getByRole('region', { name })
}

async function both(page: Page, mine: string, theirs: string): Promise<void> {
  await side(page, 'Tällä laitteella kirjoitettu teksti').getByText(mine).waitFor()
  await side(page, 'Toisaalla tallennettu teksti').getByText(theirs).waitFor()
}

function isoInDays(days: number): string {
  return new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10)
}

function inDays(days: number): string {
  const [year, month, day] = isoInDays(days).split('-').map(Number)
  return `${day}.${month}.${year}`
}
