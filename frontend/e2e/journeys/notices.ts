import { Caller } from '../caller'
import { eventually, holds, type Kit, settled, tick } from '../kit'

const TASK = '/courses/tyokykykoordinaattori/activities/m2-sheet'

/** A trainer gives a task back; its learner hears of it on the page and by mail, and chooses to hear less. */
export async function notices(kit: Kit): Promise<void> {
  await kit.step('who does not want to be asked anything is not told of what is asked', async () => {
    await (await Caller.signIn(kit, 'aino')).put('/api/psycap/measures/refusal', { refused: true })
  })
  const aino = await kit.signIn('aino')

  await kit.step('a learner who has nothing to hear is told so', async () => {
    await aino.getByRole('link', { name: 'Ilmoitukset', exact: true }).click()
    await aino.getByRole('heading', { level: 1, name: 'Ilmoitukset' }).waitFor()
    await aino.getByText('Ei ilmoituksia').waitFor()
  })
  await kit.check(aino, 'no notices')

  await kit.step('a task is handed in', () => handIn('Raijan kortti: kolme riviä ja kysymys Kelalle.'))
  const paivi = await kit.signIn('paivi')
  await kit.step('and given back', () => giveBack('Merkitse vielä, minä päivänä tarkistit tiedot.'))

  await kit.step('the bell counts it, and leads to it', async () => {
    await aino.goto('/learning')
    await aino.getByRole('link', { name: 'Ilmoitukset, 1 lukematon' }).click()
    await aino.getByRole('heading', { level: 2, name: /^(Tänään|Eilen)$/ }).waitFor()
    await aino.getByText('Yksi lukematon').waitFor()
  })
  await kit.check(aino, 'notices')

  await kit.step('what is opened is read', async () => {
    await aino.getByRole('link', { name: /Lukematon: ?Sait palautetta, täydennä vielä/ }).click()
    await aino.getByText('Merkitse vielä, minä päivänä tarkistit tiedot.').first().waitFor()
    await aino.getByRole('link', { name: 'Ilmoitukset', exact: true }).waitFor()
    await aino.goto('/notices')
    await aino.getByText('Kaikki luettu').waitFor()
  })

  await kit.step(
    'a mail came too: where to read it, how to switch it off, and nothing of what was written',
    async () => {
      const mail = await kit.server.mailTo('aino@demo.luotsi.example', 'Sait palautetta')
      holds(mail.includes(`${kit.server.address}${TASK}`), 'the mail leads to the task')
      holds(mail.includes(`${kit.server.address}/account#notices`), 'the mail says where it is switched off')
      for (const word of ['Raijan', 'Kelalle', 'tarkistit'])
        holds(!mail.includes(word), `no ${word} in the mail`)
    },
  )

  const choice = (name: string) => aino.getByRole('checkbox', { name })
  await kit.step('mails of feedback are switched off', async () => {
    await aino.getByRole('link', { name: 'Valitse, mitä ilmoituksia saat ja missä' }).click()
    await aino.getByRole('heading', { level: 2, name: 'Ilmoitukset' }).waitFor()
    await choice('Palaute: Sähköpostilla').uncheck()
    await aino
      .locator('form', { has: choice('Palaute: Sähköpostilla') })
      .getByRole('button')
      .click()
    await aino.getByText('Tallennettu', { exact: true }).first().waitFor()
    await aino.reload()
    await eventually('mail', () => choice('Palaute: Sähköpostilla').isChecked(), false)
    await eventually('feed', () => choice('Palaute: Sivulla').isChecked(), true)
  })
  await kit.check(aino, 'choice of notices')

  await kit.step('the next feedback is on the page, and in no mail', async () => {
    await handIn('Tarkistin tiedot tänään.')
    await giveBack('Vielä lähteet.')
    await aino.goto('/notices')
    await aino.getByRole('link', { name: 'Ilmoitukset, 1 lukematon' }).waitFor()
    await aino.getByRole('button', { name: 'Merkitse kaikki luetuiksi' }).click()
    await aino.getByText('Kaikki luettu').waitFor()
    await aino.getByRole('link', { name: 'Ilmoitukset', exact: true }).waitFor()
    // Mails leave in the order of what happened: when one of later is there, none of before is still to come.
    await aino.goto('/account')
    await aino.getByRole('textbox', { name: 'Nykyinen salasana' }).fill(kit.server.password)
    await aino.getByRole('textbox', { name: 'Uusi salasana' }).fill('hiljainen tuuli kääntyy')
    await aino.getByRole('button', { name: 'Vaihda salasana' }).click()
    await kit.server.mailTo('aino@demo.luotsi.example', 'Luotsin salasanasi on vaihdettu')
    holds(kit.server.mailsTo('aino@demo.luotsi.example', 'Sait palautetta') === 1, 'one mail of feedback')
  })

  async function handIn(text: string): Promise<void> {
    await aino.goto(TASK)
    const again = aino.getByRole('button', { name: 'Täydennä vastausta' })
    const answer = aino.getByRole('textbox', { name: 'Vastauksesi' })
    await again.or(answer).first().waitFor()
    if (await again.isVisible()) await again.click()
    await answer.fill(text)
    await aino.getByRole('button', { name: 'Palauta tehtävä' }).click()
    // What was handed in before stands above the form too.
    await answer.waitFor({ state: 'detached' })
    await aino
      .getByText(/^Palautettu \d/)
      .first()
      .waitFor()
  }

  async function giveBack(words: string): Promise<void> {
    await paivi.goto('/feedback-queue')
    await paivi
      .getByRole('link', { name: /Aino Lahti/ })
      .first()
      .click()
    await paivi.getByRole('textbox', { name: 'Palaute kokonaisuudesta' }).fill(words)
    await settled(paivi)
    await tick(paivi.getByRole('radio', { name: 'Palauta täydennettäväksi' }))
    await paivi.getByRole('button', { name: 'Anna palaute', exact: true }).click()
    await paivi.getByRole('heading', { level: 1, name: 'Palautejono' }).waitFor()
    await eventually('what waits', () => paivi.getByRole('link', { name: /Aino Lahti/ }).count(), 0)
  }
}
