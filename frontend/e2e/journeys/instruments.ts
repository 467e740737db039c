import type { Locator, Page } from 'playwright-core'
import { eventually, type Kit, same } from '../kit'

const SECRET = 'Kokeeksi keksitty kysymys'
const ITEMS = Array.from({ length: 24 }, (_, index) => `${index + 1};${SECRET} ${index + 1}`).join('\n')

/** A licensed questionnaire opens with a licence and items, and closes with the licence; its items are never shown before. */
export async function instruments(kit: Kit): Promise<void> {
  const page = await kit.signIn('tuula')
  const card = page.getByRole('article', { name: 'PCQ-24 – psykologinen pääoma' })

  await kit.step('an administrator sees what may be used and what is missing', async () => {
    await page.goto('/instruments')
    await page.getByRole('heading', { level: 1, name: 'Kyselyt' }).waitFor()
    const own = page.getByRole('article', { name: 'Voimavarakysely' })
    await own.getByText('Käytössä', { exact: true }).waitFor()
    await own.getByText(/Ei validoitu/).waitFor()
    await page.getByRole('article', { name: 'CPC-12R' }).getByText('Kysymykset puuttuvat').waitFor()
    await page.getByRole('article', { name: 'Kykyviisari' }).getByText('Täytetään muualla').waitFor()
  })
  await kit.check(page, 'instruments')

  await kit.step('without a licence a questionnaire is closed, and holds no question', async () => {
    await card.getByText('Lupa puuttuu', { exact: true }).waitFor()
    same(await card.getByRole('button', { name: 'Tuo kysymykset' }).count(), 0, 'ways to bring in questions')
    same((await page.content()).includes(SECRET), false, 'a question in the page')
  })

  await kit.step('a licence is recorded', async () => {
    await card.getByRole('button', { name: 'Kirjaa lupa' }).click()
    await card.getByRole('button', { name: 'Tallenna lupa' }).click()
    await card.getByText('Täytä tämä kohta.').first().waitFor()
    await kit.check(page, 'licence form')
    await card.getByRole('textbox', { name: 'Kenelle lupa on annettu?' }).fill('Demokunta')
    await card.getByRole('textbox', { name: 'Mihin lupa riittää?' }).fill('50 vastaajaa, suomeksi')
    await card.getByRole('textbox', { name: 'Luvan viimeinen päivä' }).fill('1.1.2020')
    await card.getByRole('button', { name: 'Tallenna lupa' }).click()
    await card.getByText('Päivä on jo mennyt.').first().waitFor()
    await card.getByRole('textbox', { name: 'Luvan viimeinen päivä' }).fill('31.12.2099')
    await card.getByRole('button', { name: 'Tallenna lupa' }).click()
    await card.getByText('Lupa on kirjattu.').waitFor()
    await card.getByText('Kysymykset puuttuvat', { exact: true }).waitFor()
  })

  await kit.step('its questions are brought in, after a look at them', async () => {
    await card.getByRole('button', { name: 'Tuo kysymykset' }).click()
    await card.getByRole('textbox', { name: 'Suomeksi' }).fill(ITEMS.replace('24;', '25;'))
    await card.getByRole('button', { name: 'Katso ennen tuontia' }).click()
    await card.getByText('Suomeksi: puuttuu 24', { exact: true }).waitFor()
    await card.getByText('Suomeksi: kyselyssä ei ole tunnusta 25', { exact: true }).waitFor()
    await kit.check(page, 'items with mistakes')
    await card.getByRole('textbox', { name: 'Suomeksi' }).fill(ITEMS)
    await card.getByRole('button', { name: 'Katso ennen tuontia' }).click()
    await card.getByText(`${SECRET} 24`, { exact: true }).waitFor()
    await inSight(page, card.getByRole('heading', { name: 'Näin kysymykset näkyvät vastaajalle' }))
    await kit.check(page, 'items before they are brought in')
    await card.getByRole('button', { name: 'Tuo kysymykset' }).click()
    await inSight(page, card.getByText('Kysymykset on tuotu.'))
    await card.getByText('Käytössä 31.12.2099 asti', { exact: true }).waitFor()
  })

  await kit.step('nobody finds the questions in the list', async () => {
    await page.reload()
    await card.getByText('Käytössä 31.12.2099 asti', { exact: true }).waitFor()
    same((await page.content()).includes(SECRET), false, 'a question in the page')
    const list = await page.evaluate(async () => (await fetch('/api/psycap/instruments')).text())
    same(list.includes(SECRET), false, 'a question in the answer')
    same(list.includes('pcq-24'), true, 'the questionnaire in the answer')
  })

  await kit.step('the licence is withdrawn, and the questionnaire closes', async () => {
    await card.getByRole('button', { name: 'Peru lupa' }).click()
    await page.getByRole('dialog', { name: 'Perutaanko lupa: PCQ-24 – psykologinen pääoma?' }).waitFor()
    await kit.check(page, 'withdraw dialog')
    await page.getByRole('dialog').getByRole('button', { name: 'Peru lupa' }).click()
    await card.getByText('Lupa on peruttu.').waitFor()
    await card.getByText('Lupa puuttuu', { exact: true }).waitFor()
  })

  await kit.step('the smallest group is set within its limits', async () => {
    await page.getByRole('spinbutton', { name: 'Vastaajia vähintään' }).fill('4')
    await page.getByRole('button', { name: 'Tallenna', exact: true }).click()
    await page.getByText('Anna kokonaisluku väliltä 5–100.').waitFor()
    await page.getByRole('spinbutton', { name: 'Vastaajia vähintään' }).fill('12')
    await page.getByRole('button', { name: 'Tallenna', exact: true }).click()
    await page.getByText('Tallennettu', { exact: true }).waitFor()
    await page.reload()
    const floor = page.getByRole('spinbutton', { name: 'Vastaajia vähintään' })
    await eventually('floor', () => floor.inputValue(), '12')
  })
}

/** What has come in the place of a long form is on the screen. */
async function inSight(page: Page, what: Locator): Promise<void> {
  const height = page.viewportSize()?.height ?? 0
  await eventually(
    'in sight',
    async () => {
      const box = await what.boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= height
    },
    true,
  )
}
