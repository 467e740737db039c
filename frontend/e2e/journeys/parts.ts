import type { Page } from 'playwright-core'
import { eventually, type Kit } from '../kit'

const NO_CONNECTION = 'Yhteys katkesi. Tarkista verkko ja yritä uudelleen.'

/** Pages and their texts come in parts: what happens when one does not. */
export async function parts(kit: Kit): Promise<void> {
  const page = await kit.device()

  await kit.step('a page whose texts cannot be fetched says so, and comes when one tries again', async () => {
    await withoutServer(page, /\/assets\/scheduling-[^/]*\.js$/, async () => {
      await page.goto('/sign-in')
      await kit.fillSignIn(page, 'ville')
      await page.getByText(NO_CONNECTION).waitFor()
      await page.getByRole('heading', { level: 1, name: 'Sivua ei voitu näyttää' }).waitFor()
    })
    await page.getByRole('button', { name: 'Yritä uudelleen' }).click()
    await page.getByRole('heading', { level: 1, name: 'Omat yhteisvastaanotot' }).waitFor()
  })

  await kit.step('without a connection a new page does the same, and what is loaded stays', async () => {
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Saavutettavuusseloste' }).click()
    await page.getByText(NO_CONNECTION).waitFor()
    await kit.check(page, 'no connection')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Yritä uudelleen' }).click()
    await page.getByText('Traficom').first().waitFor()
  })

  await kit.step('without a connection the language stays, which is said; with one it changes', async () => {
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Svenska' }).click()
    await page.getByText(NO_CONNECTION).waitFor()
    await eventually('lang', () => page.locator('html').getAttribute('lang'), 'fi')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Svenska' }).click()
    await page.getByRole('link', { name: 'Tillgänglighetsutlåtande' }).waitFor()
    await page.getByText(NO_CONNECTION).waitFor({ state: 'detached' })
    await page.goto('/appointments')
    await page.getByRole('heading', { level: 1, name: 'Mina gemensamma mottagningar' }).waitFor()
    await page.getByRole('button', { name: 'Suomi' }).click()
    await page.getByRole('heading', { level: 1, name: 'Omat yhteisvastaanotot' }).waitFor()
    await page.getByText('Mina gemensamma mottagningar').waitFor({ state: 'detached' })
  })
}

/** Has the files of a pattern lost on the way, as if the server could not be reached; its API still answers. */
async function withoutServer(page: Page, lost: RegExp, act: () => Promise<void>): Promise<void> {
  const home = (url: URL) => url.pathname === '/'
  await page.route(lost, (route) => route.abort())
  await page.route(home, (route) => (route.request().method() === 'HEAD' ? route.abort() : route.fallback()))
  await act()
  await page.unroute(lost)
  await page.unroute(home)
}
