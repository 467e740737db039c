import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, tick } from '../kit'

/** A goal of one's own: begun on one device, gone on with on another, seen as a path and a list, ticked off, and deleted. */
export async function goals(kit: Kit): Promise<void> {
  const learner = await kit.signIn('aino')

  await kit.step('a goal without a name asks for one, and loses nothing', async () => {
    await learner.goto('/goals/new')
    await learner.getByRole('textbox', { name: /Mistä huomaat/ }).fill('Minulla on aloituspäivä.')
    await learner.getByRole('button', { name: 'Valmis jo nyt' }).click()
    await learner.getByText('Kirjoita tavoite muutamalla sanalla.').waitFor()
    await learner.getByRole('textbox', { name: 'Mitä tavoittelet?' }).fill('Saan työkokeilun kirjastosta')
    await learner.getByText('Luonnos tallennettu').waitFor()
  })
  await kit.check(learner, 'a new goal')

  await kit.step('what was typed is there on another device', async () => {
    const phone = await kit.signIn('aino')
    await phone.goto('/goals/new')
    const title = phone.getByRole('textbox', { name: 'Mitä tavoittelet?' })
    await eventually('the title', () => title.inputValue(), 'Saan työkokeilun kirjastosta')
    await phone.context().close()
  })

  await kit.step('two ways ask for a third, and let go on', async () => {
    await learner.getByRole('button', { name: 'Seuraava' }).click()
    const subGoals = learner.getByRole('textbox', { name: 'Mitä saat ensin aikaan?' })
    await subGoals.nth(0).fill('Saan yhteyden kirjastoon')
    await subGoals.nth(1).fill('Sovimme ehdoista')
    const routes = learner.getByRole('textbox', { name: /^Reitti/ })
    await routes.nth(0).fill('Soitan')
    await routes.nth(1).fill('Tapaaminen kolmestaan')
    await learner.getByText('Nyt niitä on 2.', { exact: false }).waitFor()
    await learner.getByText('Voit myös jatkaa näin.').waitFor()
    await learner.getByRole('button', { name: 'Lisää reitti: Saan yhteyden kirjastoon' }).click()
    await eventually('routes', () => routes.count(), 3)
    // Who adds a way writes it next.
    await eventually('focus', () => routes.nth(1).evaluate((one) => one === document.activeElement), true)
    await learner.keyboard.type('Käyn paikan päällä')
    await tick(learner.getByRole('radio', { name: 'Kokeilen tätä ensin' }).first())
  })
  await kit.check(learner, 'ways to a goal')

  await kit.step('an obstacle has a plan', async () => {
    await learner.getByRole('button', { name: 'Seuraava' }).click()
    await learner.getByRole('button', { name: 'Lisää este: Soitan' }).click()
    await learner.getByRole('textbox', { name: 'Jos…' }).fill('jännitän soittamista')
    await learner.getByRole('textbox', { name: '…niin teen näin' }).fill('kirjoitan ensin kolme asiaa')
    await learner.getByText('Luonnos tallennettu').waitFor()
  })
  await kit.check(learner, 'obstacles of a goal')

  await kit.step(
    'the steps are in the history, and a page that is loaded anew is at the same step',
    async () => {
      await learner.reload()
      await atStep(learner, 'Esteet')
      await learner.goBack()
      await atStep(learner, 'Välitavoitteet ja reitit')
      await learner.getByRole('button', { name: 'Edellinen' }).click()
      await atStep(learner, 'Tavoite')
      await learner.goForward()
      await atStep(learner, 'Välitavoitteet ja reitit')
      await learner.goForward()
      await atStep(learner, 'Esteet')
    },
  )

  await kit.step(
    'a goal that is not kept yet waits among one’s own, at the step where it was left',
    async () => {
      await learner.getByRole('link', { name: 'Omat voimavarat' }).first().click()
      await learner.getByRole('heading', { level: 1, name: 'Omat voimavarat' }).waitFor()
      const unkept = learner.getByRole('link', { name: /Saan työkokeilun kirjastosta.*Jäi kesken/ })
      await unkept.waitFor()
      holds((await learner.getByRole('link', { name: 'Uusi tavoite' }).count()) === 0, 'one goal at a time')
      await kit.check(learner, 'a goal that waits')
      await unkept.click()
      await atStep(learner, 'Esteet')
      await eventually(
        'typed',
        () => learner.getByRole('textbox', { name: 'Jos…' }).inputValue(),
        'jännitän soittamista',
      )
    },
  )

  await kit.step('a day to come back to it is one tap', async () => {
    await learner.getByRole('button', { name: 'Seuraava' }).click()
    await learner.getByRole('button', { name: 'Viikon päästä' }).click()
    await learner.getByRole('button', { name: 'Valmis', exact: true }).click()
    await learner.getByRole('heading', { name: 'Saan työkokeilun kirjastosta', level: 1 }).waitFor()
  })

  await kit.step('what is kept is no way back: Back goes to where one came from', async () => {
    await learner.getByText('Välitavoitteista tehty 0/2').waitFor()
    await learner.goBack()
    await learner.getByRole('heading', { level: 1, name: 'Omat voimavarat' }).waitFor()
    await learner.getByRole('link', { name: /Saan työkokeilun kirjastosta/ }).click()
    await learner.getByRole('button', { name: 'Muokkaa' }).click()
    await atStep(learner, 'Tavoite')
    await learner.getByRole('button', { name: 'Seuraava' }).click()
    await atStep(learner, 'Välitavoitteet ja reitit')
    await learner.getByRole('button', { name: 'Valmis jo nyt' }).click()
    await learner.getByText('Välitavoitteista tehty 0/2').waitFor()
    await eventually('address', async () => new URL(learner.url()).search, '')
  })

  await kit.step('the goal is a path with forks', async () => {
    await learner.locator('.path-routes-2 .path-route').nth(1).waitFor()
    await eventually(
      'lines to and from the way to try first',
      () => learner.locator('.path-line-taken').count(),
      2,
    )
    await learner.getByText('Välitavoitteista tehty 0/2').waitFor()
  })
  await kit.check(learner, 'a goal as a path')

  await kit.step('a sub-goal is ticked off, and stays so', async () => {
    await tick(learner.getByRole('checkbox', { name: 'Saan yhteyden kirjastoon' }))
    await learner.getByText('Välitavoitteista tehty 1/2').waitFor()
    await learner.reload()
    await learner.getByText('Välitavoitteista tehty 1/2').waitFor()
  })

  await kit.step('the goal is a list too, with all that was written', async () => {
    await learner.getByText('Luettelona').click()
    await learner.getByText('Minulla on aloituspäivä.').waitFor()
    await learner.getByText('kirjoitan ensin kolme asiaa', { exact: false }).waitFor()
  })
  await kit.check(learner, 'a goal as a list')

  await kit.step('nobody else has it', async () => {
    const address = learner.url().replace(/.*\/goals\//, '/api/psycap/goals/')
    const other = await kit.signIn('ville')
    const answer = await other.request.get(address)
    holds(answer.status() === 404, `another person gets ${answer.status()}`)
    await other.context().close()
  })

  await kit.step('it is reached, and deleted for good', async () => {
    await learner.getByRole('button', { name: 'Pääsin perille' }).click()
    await learner.getByText('Pääsit perille. Hienoa!').waitFor()
    await learner.getByRole('button', { name: 'Poista tavoite' }).click()
    const asks = learner.getByRole('dialog', { name: 'Poistetaanko tavoite?' })
    await asks.getByRole('button', { name: 'Poista tavoite' }).click()
    await learner.getByRole('heading', { level: 1, name: 'Omat voimavarat' }).waitFor()
    await eventually(
      'goals',
      async () => {
        const answer = await learner.request.get('/api/psycap/goals')
        return ((await answer.json()) as { goals: unknown[] }).goals.length
      },
      0,
    )
  })

  await kit.step('a goal that was only begun is thrown away after a question', async () => {
    await learner.getByRole('link', { name: 'Uusi tavoite' }).click()
    const discard = learner.getByRole('button', { name: 'Poista keskeneräinen', exact: true })
    await learner.getByRole('textbox', { name: 'Mitä tavoittelet?' }).fill('Opettelen kitaran')
    await discard.click()
    const asks = learner.getByRole('dialog', { name: 'Poistetaanko keskeneräinen tavoite?' })
    await kit.check(learner, 'throwing a begun goal away')
    await asks.getByRole('button', { name: 'Poista keskeneräinen' }).click()
    await learner.getByRole('heading', { level: 1, name: 'Omat voimavarat' }).waitFor()
    await learner.getByRole('link', { name: 'Uusi tavoite' }).click()
    await eventually('empty', () => learner.getByRole('textbox').first().inputValue(), '')
    holds((await discard.count()) === 0, 'nothing is left to throw away')
  })
}

/** At a step of the writing, which is seen and said, from its beginning. */
async function atStep(page: Page, name: string): Promise<void> {
  await page.locator('[aria-current=step]').getByText(name).waitFor()
  await eventually('scrolled', () => page.evaluate(() => scrollY), 0)
}
