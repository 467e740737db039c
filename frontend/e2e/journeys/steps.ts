import type { Page } from 'playwright-core'
import { eventually, type Kit, same } from '../kit'

const EXERCISE = '/exercises/kun-meni-pieleen'
const HEADINGS = [
  'Mitä tapahtui?',
  'Mikä oli sinun käsissäsi?',
  'Mikä auttoi sinua?',
  'Mitä kannattaa varoa?',
  'Mitä teet seuraavaksi?',
]

/** The steps of an exercise are in the browser's history: Back goes to the step before, and loses nothing. */
export async function steps(kit: Kit): Promise<void> {
  const phone = await kit.signIn('aino', undefined, kit.device('allow'))
  await phone.setViewportSize({ width: 390, height: 800 })
  const field = (name: string) => phone.getByRole('textbox', { name })

  await kit.step('each step has its number in the address, and nothing else', async () => {
    await phone.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await phone.goto('/exercises')
    await phone.getByRole('link', { name: 'Kun jokin meni pieleen' }).first().click()
    await phone.getByRole('button', { name: 'Aloita' }).click()
    await atStep(phone, 1)
    await field('Mitä tapahtui').fill('Juna oli myöhässä.')
    await next(phone)
    await atStep(phone, 2)
    await field('Tämä oli minun käsissäni 1').fill('Lähdin ajoissa.')
    await phone.getByText('Katso, mitä kirjoitit edellä').click()
    await phone.getByText('Juna oli myöhässä.').waitFor()
    await next(phone)
    await phone.getByRole('button', { name: 'Jatka näin' }).click()
    await atStep(phone, 3)
    // What was looked up at one step does not stand before what the next one asks.
    await phone.getByText('Juna oli myöhässä.').waitFor({ state: 'hidden' })
  })

  await kit.step(
    'Enter leads from line to line, and a line that is added is the next to write in',
    async () => {
      const lines = phone.getByRole('textbox', { name: /^Tästä minulle|^Nämä|^Tämä/ })
      const all = await lines.count()
      await lines.first().press('Enter')
      await eventually('focus', () => lines.nth(1).evaluate((one) => one === document.activeElement), true)
      await atHeading(phone, HEADINGS[2] ?? '')
      await phone.getByRole('button', { name: 'Lisää rivi' }).click()
      await eventually('focus', () => lines.nth(all).evaluate((one) => one === document.activeElement), true)
      await phone.evaluate(() => scrollTo(0, 0))
    },
  )

  await kit.step('Back goes to the step before and Forward returns, with what was typed', async () => {
    await phone.goBack()
    await atStep(phone, 2)
    await eventually('typed', () => field('Tämä oli minun käsissäni 1').inputValue(), 'Lähdin ajoissa.')
    await field('Tämä ei ollut minun käsissäni 1').fill('Lunta oli paljon.')
    await phone.goBack()
    await atStep(phone, 1)
    await eventually('typed', () => field('Mitä tapahtui').inputValue(), 'Juna oli myöhässä.')
    await phone.goForward()
    await atStep(phone, 2)
    await eventually(
      'typed',
      () => field('Tämä ei ollut minun käsissäni 1').inputValue(),
      'Lunta oli paljon.',
    )
    await phone.goForward()
    await atStep(phone, 3)
  })

  await kit.step('the button for the step before is the same way as Back', async () => {
    await phone.getByRole('button', { name: 'Edellinen' }).click()
    await atStep(phone, 2)
    await phone.goForward()
    await atStep(phone, 3)
    await phone.goBack()
    await atStep(phone, 2)
    await phone.goBack()
    await atStep(phone, 1)
  })

  await kit.step('before the first step is where one came from', async () => {
    await phone.goBack()
    await phone.getByRole('button', { name: 'Jatka siitä, mihin jäit' }).waitFor()
    same(new URL(phone.url()).search, '', 'no step')
    await eventually('focus', () => focused(phone), 'Kun jokin meni pieleen')
    await phone.goBack()
    await atHeading(phone, 'Omat voimavarat')
    await phone.getByRole('link', { name: 'Jatka', exact: true }).click()
    await atStep(phone, 3, false)
    await phone.goBack()
    await atHeading(phone, 'Omat voimavarat')
    await phone.goForward()
    await atStep(phone, 3, false)
  })

  await kit.step(
    'where it was left there is no step before in the history: the button leads to it',
    async () => {
      await phone.getByRole('button', { name: 'Edellinen' }).click()
      await atStep(phone, 2)
      await next(phone)
      await phone.getByRole('button', { name: 'Jatka näin' }).click()
      await atStep(phone, 3)
      await phone.goBack()
      await atStep(phone, 2)
      await phone.goForward()
      await atStep(phone, 3)
    },
  )

  await kit.step('without a network, and loaded anew, it is the same', async () => {
    await phone.context().setOffline(true)
    await next(phone)
    await phone.getByRole('button', { name: 'Jatka näin' }).click()
    await atStep(phone, 4)
    await field('Tätä minun kannattaa varoa').fill('Kiirettä.')
    await phone.goBack()
    await atStep(phone, 3)
    await phone.reload()
    await atStep(phone, 3, false)
    await phone.goForward()
    await atStep(phone, 4)
    await eventually('typed', () => field('Tätä minun kannattaa varoa').inputValue(), 'Kiirettä.')
    await phone.context().setOffline(false)
    await phone.getByText('✓ Tallennettu').waitFor()
  })

  await kit.step('a step that is not reached, or is none, leads to where it was left', async () => {
    for (const step of ['99', '5', '0', '-1', '1.5', 'kolme', '']) {
      await phone.goto(`${EXERCISE}?step=${step}`)
      await atStep(phone, 4, false)
    }
    await phone.goto(`${EXERCISE}?step=2`)
    await atStep(phone, 2, false)
    await eventually('typed', () => field('Tämä oli minun käsissäni 1').inputValue(), 'Lähdin ajoissa.')
  })

  await kit.step('what is finished is no way back: Back goes to where one came from', async () => {
    await phone.goto('/exercises')
    await phone.getByRole('link', { name: 'Jatka', exact: true }).click()
    await atStep(phone, 4, false)
    await next(phone)
    await atStep(phone, 5)
    await phone.getByRole('button', { name: 'Valmis' }).click()
    await atHeading(phone, 'Hienoa, se on nyt tehty.')
    await eventually('focus', () => focused(phone), 'Hienoa, se on nyt tehty.')
    await phone.getByText('Lunta oli paljon.').waitFor()
    await phone.goBack()
    await atHeading(phone, 'Omat voimavarat')
    await phone.goto(`${EXERCISE}?step=3`)
    await phone.getByRole('button', { name: 'Aloita' }).waitFor()
    await eventually('address', async () => new URL(phone.url()).search, '')
  })
}

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Seuraava' }).click()
}

async function atHeading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** At the beginning of a step: seen, said (the focus is at its heading, unless the page was opened there) and in the address. */
async function atStep(page: Page, nth: number, moved = true): Promise<void> {
  const heading = HEADINGS[nth - 1] ?? ''
  await atHeading(page, heading)
  await eventually('address', async () => new URL(page.url()).search, `?step=${nth}`)
  if (moved) await eventually('focus', () => focused(page), heading)
  await eventually('scrolled', () => page.evaluate(() => scrollY), 0)
}

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '')
}
