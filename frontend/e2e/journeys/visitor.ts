import { eventually, type Kit } from '../kit'

const RENEWED_PASSWORD = 'uusi ja pitkä salasana'

export async function visitor(kit: Kit): Promise<void> {
  const page = await kit.device()

  await kit.step('a page behind the sign-in asks to sign in first', async () => {
    await page.goto('/learning')
    await page.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
    await page.getByText('niin pääset takaisin sivulle, jolla olit').waitFor()
  })
  await kit.check(page, 'sign-in')

  await kit.step('a wrong password is said in Finnish, and tells nothing else', async () => {
    await kit.fillSignIn(page, 'aino', 'aivan väärä salasana')
    await page.getByText('Sähköposti tai salasana on väärä.').waitFor()
  })

  await kit.step(
    'the page changes to Swedish and English and back, with the document’s language',
    async () => {
      await page.getByRole('button', { name: 'Svenska' }).click()
      await page.getByRole('heading', { level: 1, name: 'Logga in' }).waitFor()
      await eventually('lang', () => page.locator('html').getAttribute('lang'), 'sv')
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
      await page.getByRole('button', { name: 'Suomi' }).click()
      await page.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor()
    },
  )

  await kit.step('after signing in one is on the page one came for', async () => {
    await kit.fillSignIn(page, 'aino')
    await page.getByRole('heading', { level: 1, name: 'Oma kurssi' }).waitFor()
    await eventually('page', async () => new URL(page.url()).pathname, '/learning')
  })

  await kit.step(
    'the focus goes to the heading of the new page, and the skip link to the content',
    async () => {
      await page.getByRole('link', { name: 'Tietosuojaseloste' }).click()
      await page.getByRole('heading', { level: 1, name: 'Tietosuojaseloste' }).waitFor()
      await eventually('focus', () => page.evaluate(() => document.activeElement?.tagName), 'H1')
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Tietosuojaseloste' }).waitFor()
      await page.keyboard.press('Tab')
      await eventually(
        'first stop',
        () => page.evaluate(() => document.activeElement?.textContent),
        'Siirry sisältöön',
      )
      await page.keyboard.press('Enter')
      await eventually('focus', () => page.evaluate(() => document.activeElement?.id), 'content')
    },
  )
  await kit.check(page, 'privacy')

  await kit.step('the accessibility statement names the authority', async () => {
    await page.getByRole('link', { name: 'Saavutettavuusseloste' }).click()
    await page.getByText('Traficom').first().waitFor()
  })
  await kit.check(page, 'accessibility')

  await kit.step('feedback is taken, with the day of the answer', async () => {
    const stranger = await kit.device()
    await stranger.goto('/privacy')
    await stranger.getByRole('link', { name: 'Anna palautetta' }).click()
    await stranger.getByRole('button', { name: 'Lähetä palaute' }).click()
    await stranger.getByText('Täytä tämä kohta.').waitFor()
    await stranger
      .getByRole('textbox', { name: 'Palautteesi' })
      .fill('Hieno palvelu, mutta fontti voisi olla isompi.')
    await stranger.getByRole('button', { name: 'Lähetä palaute' }).click()
    await stranger.getByText('Kiitos palautteesta!').waitFor()
    await stranger.getByText(/Vastaamme viimeistään \d+\.\d+\.\d{4}/).waitFor()
    await kit.check(stranger, 'feedback')
  })

  await kit.step('an address that does not exist says so', async () => {
    await page.goto('/no-such-page')
    await page.getByRole('heading', { level: 1, name: 'Sivua ei löydy' }).waitFor()
  })
  await kit.check(page, 'not found')

  await kit.step('a forgotten password is renewed by mail, once', async () => {
    const forgetful = await kit.device()
    await forgetful.goto('/sign-in')
    await forgetful.getByRole('link', { name: 'Unohditko salasanan?' }).click()
    await forgetful.getByRole('heading', { level: 1, name: 'Unohtunut salasana' }).waitFor()
    await forgetful.getByRole('textbox', { name: 'Sähköpostiosoite' }).fill('jari@demo.luotsi.example')
    await forgetful.getByRole('button', { name: 'Lähetä linkki' }).click()
    await forgetful.getByText('Katso sähköpostisi').waitFor()
    await kit.check(forgetful, 'forgotten password')
    const mail = await kit.server.mailTo('jari@demo.luotsi.example', '/password-reset/')
    const link = /\/password-reset\/[\w.~-]+/.exec(mail)?.[0] ?? ''
    await forgetful.goto(link)
    const field = forgetful.getByRole('textbox', { name: 'Uusi salasana' })
    await field.fill('neljätoista ok')
    await forgetful.getByRole('button', { name: 'Tallenna uusi salasana' }).click()
    await forgetful.getByText('Salasanassa on oltava vähintään 15 merkkiä.').waitFor()
    await kit.check(forgetful, 'new password')
    await field.fill(RENEWED_PASSWORD)
    await forgetful.getByRole('button', { name: 'Tallenna uusi salasana' }).click()
    await forgetful.getByText('Salasana on vaihdettu').waitFor()
    await forgetful.goto(link)
    await forgetful.getByText('Linkki on jo käytetty.').waitFor()
    await forgetful.goto('/sign-in')
    await kit.fillSignIn(forgetful, 'jari', RENEWED_PASSWORD)
    await kit.signedIn(forgetful)
    await kit.step('and the feedback of a stranger is answered by who runs the service', async () => {
      await forgetful.getByRole('link', { name: 'Palautteet' }).click()
      await forgetful.getByText('Hieno palvelu, mutta fontti voisi olla isompi.').waitFor()
      await kit.check(forgetful, 'feedback to answer')
      await forgetful.getByRole('button', { name: 'Vastaa' }).click()
      await forgetful
        .getByRole('textbox', { name: 'Vastaus' })
        .fill('Kiitos! Selaimen suurennus toimii jo nyt.')
      await forgetful.getByRole('button', { name: 'Tallenna vastaus' }).click()
      await forgetful.getByText('Vastattu').waitFor()
    })
    await kit.step('and the password is changed once more, with the one that holds now', async () => {
      await forgetful.goto('/account')
      await forgetful.getByRole('textbox', { name: 'Nykyinen salasana' }).fill('jokin aivan muu')
      await forgetful.getByRole('textbox', { name: 'Uusi salasana' }).fill(kit.server.password)
      await forgetful.getByRole('button', { name: 'Vaihda salasana' }).click()
      await forgetful.getByText('Nykyinen salasana on väärä.').waitFor()
      await forgetful.getByRole('textbox', { name: 'Nykyinen salasana' }).fill(RENEWED_PASSWORD)
      await forgetful.getByRole('button', { name: 'Vaihda salasana' }).click()
      await forgetful.getByText('Salasana on vaihdettu.').waitFor()
    })
  })
}
