import { eventually, type Kit, same, settled, textOf } from '../kit'

const PASSWORD = 'kolme sanaa riittää kyllä'
const LIST = [
  'Uuno Uusi; uuno@demo.luotsi.example',
  'Vilma Varma\tvilma@demo.luotsi.example',
  'Outo Osoite, outo(at)demo.luotsi.example',
  'Uuno Uusi, UUNO@demo.luotsi.example',
  'Aino Lahti, aino@demo.luotsi.example',
].join('\n')

/** People are invited from a pasted list, and stand apart until they come in. */
export async function pasted(kit: Kit): Promise<void> {
  const page = await kit.signIn('paivi')
  const verdicts = () =>
    page
      .getByRole('list', { name: 'Rivit' })
      .locator('.tag')
      .evaluateAll((tags) => tags.map((tag) => tag.textContent))
  const paste = async () => {
    await page.getByRole('button', { name: 'Kutsu useita listalta' }).click()
    await page.getByRole('textbox', { name: /Nimet ja sähköpostit/ }).fill(LIST)
    await page.getByRole('button', { name: 'Tarkista lista' }).click()
    await page.getByRole('list', { name: 'Rivit' }).waitFor()
  }
  const learners = async () => Number.parseInt(await textOf(page.getByRole('status').last()), 10)
  const count = async (name: string) =>
    Number.parseInt(await textOf(page.getByRole('button', { name: new RegExp(`${name}$`) })), 10)

  const before = await kit.step('a list is looked at row by row before anything happens', async () => {
    await page.getByRole('link', { name: 'Syksyn ryhmä' }).click()
    await page.getByRole('heading', { level: 1, name: 'Syksyn ryhmä' }).waitFor()
    await page.getByRole('button', { name: /Jäljessä$/ }).waitFor()
    const counts = {
      behind: await count('Jäljessä'),
      away: await count('Ei käynyt 7 päivään'),
      all: await learners(),
    }
    await paste()
    same(
      await verdicts(),
      [
        'Uusi: saa kutsun sähköpostiin',
        'Uusi: saa kutsun sähköpostiin',
        'Sähköpostiosoite puuttuu tai on väärä',
        'On listalla jo aiemmin',
        'On jo tässä ryhmässä',
      ],
      'preview',
    )
    return counts
  })
  await kit.check(page, 'pasted list')

  await kit.step('what was sent is told row by row', async () => {
    await page.getByRole('button', { name: 'Kutsu tai lisää 2 henkilöä' }).click()
    await page.getByText('2 henkilöä on kutsuttu tai lisätty.').waitFor()
    same((await verdicts()).slice(0, 2), ['✓ Kutsuttu ja lisätty', '✓ Kutsuttu ja lisätty'], 'report')
    await page.getByRole('button', { name: 'Sulje' }).click()
  })

  await kit.step('the same list again invites nobody', async () => {
    await paste()
    await page.getByText('Listalla ei ole ketään lisättävää.').waitFor()
    same((await verdicts()).slice(0, 2), ['On jo tässä ryhmässä', 'On jo tässä ryhmässä'], 'again')
    await page.getByRole('button', { name: 'Sulje' }).click()
  })

  await kit.step('the invited stand apart: neither behind nor away', async () => {
    await eventually('invited', () => count('Kutsutut'), 2)
    await eventually('behind', () => count('Jäljessä'), before.behind)
    await eventually('away', () => count('Ei käynyt 7 päivään'), before.away)
    await eventually('everybody', learners, before.all + 2)
    await page.getByRole('button', { name: /Kutsutut$/ }).click()
    await eventually('rows', () => page.locator('.roster-row').count(), 2)
    await page
      .getByText(/Kutsu voimassa .* asti/)
      .first()
      .waitFor()
  })
  await kit.check(page, 'invited')

  const first = await linkTo('uuno@demo.luotsi.example')
  await kit.step('a new invitation stops the link of the first', async () => {
    await page.getByRole('button', { name: 'Lähetä uusi kutsu: Uuno Uusi' }).click()
    await page.getByText('Uuno Uusi saa uuden kutsun.').waitFor()
    await eventually('mails', async () => kit.server.mailsTo('uuno@demo.luotsi.example', '/invitation/'), 2)
    const old = await kit.device()
    await old.goto(first)
    await old.getByText(/Linkki on vanhentunut/).waitFor()
  })

  await kit.step('who is withdrawn leaves, and their link is dead', async () => {
    const link = await linkTo('vilma@demo.luotsi.example')
    await page.getByRole('button', { name: 'Peru kutsu: Vilma Varma' }).click()
    await page.getByRole('heading', { name: 'Perutaanko kutsu: Vilma Varma?' }).waitFor()
    await kit.check(page, 'withdrawing an invitation')
    await page.getByRole('dialog').getByRole('button', { name: 'Peru kutsu' }).click()
    await page.getByText('Kutsu on peruttu: Vilma Varma.').waitFor()
    await eventually('invited', () => count('Kutsutut'), 1)
    const dead = await kit.device()
    await dead.goto(link)
    await dead.getByText(/Linkki on vanhentunut/).waitFor()
  })

  await kit.step('who accepts becomes a learner as all others', async () => {
    const invited = await kit.device()
    await invited.goto(await linkTo('uuno@demo.luotsi.example'))
    await invited.getByRole('heading', { level: 1, name: 'Tervetuloa Luotsiin' }).waitFor()
    await invited.getByRole('textbox', { name: 'Uusi salasana' }).fill(PASSWORD)
    await invited.getByRole('button', { name: 'Ota tunnus käyttöön' }).click()
    await invited.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await page.reload()
    await page.getByRole('checkbox', { name: 'Valitse Uuno Uusi' }).waitFor()
    await eventually('invited', () => page.getByRole('button', { name: /Kutsutut$/ }).count(), 0)
    await eventually('everybody', learners, before.all + 1)
    await settled(page)
  })
  await kit.check(page, 'roster after')

  async function linkTo(address: string): Promise<string> {
    return /\/invitation\/[\w.~-]+/.exec(await kit.server.mailTo(address, '/invitation/'))?.[0] ?? ''
  }
}
