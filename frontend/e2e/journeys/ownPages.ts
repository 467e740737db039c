import { eventually, type Kit, quiet, same } from '../kit'

const REFUSED = 'Tämä sivu ei kuulu rooliisi'

/** Whose a page is: whoever comes to another's is told so and led home, and nobody is refused one of their own. */
export async function ownPages(kit: Kit): Promise<void> {
  const learner = await kit.signIn('aino')
  await quiet(learner)
  const asked: string[] = []
  learner.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) asked.push(pathname)
  })

  await kit.step('a page of another role says whose it is, and asks the server nothing', async () => {
    await learner.goto('/people/invite')
    await learner.getByRole('heading', { level: 1, name: REFUSED }).waitFor()
    await learner.getByText('Sivun voi avata, jos rooli on: Pääkäyttäjä.').waitFor()
    await learner.getByText('Sinun roolisi: Koulutettava, Työkykykoordinaattori.').waitFor()
    await quiet(learner)
    same(
      asked.filter((path) => !/^\/api\/(me|notices\/count)$/.test(path)),
      [],
      'what was asked',
    )
    same(await learner.getByRole('main').getByRole('textbox').count(), 0, 'fields')
  })
  await kit.check(learner, 'page of another role')

  await kit.step('in the reader’s language', async () => {
    await learner.getByRole('button', { name: 'Svenska' }).click()
    await learner.getByRole('heading', { level: 1, name: 'Den här sidan hör inte till din roll' }).waitFor()
    await learner.getByRole('button', { name: 'English' }).click()
    await learner.getByRole('heading', { level: 1, name: 'This page is not part of your role' }).waitFor()
    await learner.getByRole('button', { name: 'Suomi' }).click()
    await learner.getByRole('heading', { level: 1, name: REFUSED }).waitFor()
  })

  await kit.step('and leads to one’s own first page, where the focus goes to the heading', async () => {
    await learner.getByRole('link', { name: 'Omalle etusivulle' }).click()
    await learner.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await eventually('page', async () => new URL(learner.url()).pathname, '/learning')
    await eventually('focus', () => learner.evaluate(() => document.activeElement?.textContent), 'Oma kurssi')
  })

  for (const name of ['aino', 'ville', 'mikko', 'outi', 'sanna', 'paivi', 'leena', 'kari', 'tuula', 'jari']) {
    await kit.step(`whatever the navigation offers ${name} is theirs`, async () => {
      const page = name === 'aino' ? learner : await kit.signIn(name)
      await quiet(page)
      const refused: string[] = []
      page.on('response', (response) => {
        if (response.status() === 403) refused.push(`${page.url()}: ${response.url()}`)
      })
      const links = page.getByRole('navigation', { name: 'Päävalikko' }).getByRole('link')
      const offered = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
      same(offered.length > 0, true, 'anything offered')
      for (const [nth, address] of offered.entries()) {
        await links.nth(nth).click()
        await eventually('page', async () => new URL(page.url()).pathname, address)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await quiet(page)
        same(await page.getByRole('heading', { level: 1, name: REFUSED }).count(), 0, address)
      }
      same(refused, [], 'refused')
    })
  }
}
