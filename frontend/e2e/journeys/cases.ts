import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, same, settled, textOf, tick } from '../kit'

/** A question in writing and its answer; a question prepared for a meeting; consents that are taken back. */
export async function cases(kit: Kit): Promise<void> {
  const ville = await kit.signIn('ville')
  await kit.step('a coordinator asks in writing; without the client’s consent nothing is sent', async () => {
    await ville.getByRole('link', { name: 'Konsultaatiot', exact: true }).click()
    await ville.getByRole('heading', { level: 1, name: 'Kirjalliset konsultaatiot' }).waitFor()
    await ville
      .getByRole('link', { name: /Rajoitteet työssä/ })
      .first()
      .waitFor()
    await kit.check(ville, 'written consultations')
    await ville.getByRole('link', { name: 'Kysy kirjallisesti' }).click()
    await ville.getByRole('heading', { level: 1, name: 'Kysy kirjallisesti' }).waitFor()
    await ville.getByRole('button', { name: /Kenelle/ }).click()
    await ville.getByRole('option', { name: /^Mikko Saarinen/ }).click()
    await ville.getByText('Tavoite: vastaus 5 arkipäivän kuluessa.').waitFor()
    await tick(ville.getByRole('checkbox', { name: 'Lausunto' }))
    await ville.getByRole('textbox', { name: /^Kysymys/ }).fill('Tarvitaanko lausunto ennen työkokeilua?')
    await ville.getByRole('textbox', { name: /^Mitä tiedetään/ }).fill('Aiempi dg M54.5, puh. 040 123 4567')
    await ville.getByText('M54.5 näyttää diagnoosikoodilta.').waitFor()
    await ville.getByText('040 123 4567 näyttää puhelinnumerolta.').waitFor()
    await ville.getByText('✓ Luonnos tallennettu').waitFor()
    await ville.getByRole('button', { name: 'Lähetä kysymys' }).click()
    await ville.getByText('Ilman asiakkaan lupaa kysymystä ei voi lähettää.').waitFor()
    const consent = ville.getByRole('checkbox', { name: /^Asiakas on antanut luvan/ })
    await eventually(
      'the focus on what is missing',
      () => consent.evaluate((box) => box === document.activeElement),
      true,
    )
    await kit.check(ville, 'new consultation')
  })

  await kit.step('what was typed is there after a reload, and is sent', async () => {
    await ville.reload()
    const known = ville.getByRole('textbox', { name: /^Mitä tiedetään/ })
    await eventually('what was typed', () => known.inputValue(), 'Aiempi dg M54.5, puh. 040 123 4567')
    await known.fill('Poissa neljä kuukautta.')
    await ville.getByText('M54.5 näyttää diagnoosikoodilta.').waitFor({ state: 'detached' })
    await ville.getByRole('button', { name: /Kenelle/ }).click()
    await ville.getByRole('option', { name: /^Mikko Saarinen/ }).click()
    await tick(ville.getByRole('checkbox', { name: /^Asiakas on antanut luvan/ }))
    await ville.getByRole('button', { name: 'Lähetä kysymys' }).click()
    await ville.getByRole('heading', { level: 1, name: /^Kirjallinen konsultaatio/ }).waitFor()
    await ville.getByText(/^Vastaus viimeistään/).waitFor()
    const mail = await kit.server.mailTo('mikko@demo.luotsi.example', 'Vastaa viimeist')
    holds(!mail.includes('lausunto ennen'), 'the question is not in the mail')
  })
  await kit.check(ville, 'consultation')
  const reference = (await textOf(ville.getByRole('heading', { level: 1 }))).split(' ').at(-1) ?? ''

  const mikko = await kit.signIn('mikko')
  await kit.step('the doctor finds it on the first page and answers in place', async () => {
    await mikko.getByRole('heading', { level: 2, name: /^Kirjallinen vastaus odottaa/ }).waitFor()
    const line = mikko.getByRole('listitem').filter({ hasText: reference })
    await line.getByRole('button', { name: 'Lue ja vastaa' }).click()
    await line.getByText('Tarvitaanko lausunto ennen työkokeilua?').waitFor()
    await line.getByRole('button', { name: 'Näytä koko kysymys' }).click()
    await line.getByText('Poissa neljä kuukautta.').waitFor()
    await line.getByRole('textbox', { name: 'Vastauksesi' }).fill('Lausuntoa ei tarvita.')
    await kit.check(mikko, 'answering in place')
    await line.getByRole('button', { name: 'Vastaa', exact: true }).click()
    await line.getByText('Vastattu samana päivänä').waitFor()
    // Done is done: another empty field would look as if the answer had been lost.
    await line.getByRole('button', { name: 'Kirjoita lisää' }).waitFor()
    same(await line.getByRole('textbox').count(), 0, 'fields to write in')
  })

  await kit.step('the coordinator is told by mail, reads the answer and takes it into the plan', async () => {
    await kit.server.mailTo('ville@demo.luotsi.example', 'Kirjalliseen kysymykseesi on tullut vastaus')
    await ville.reload()
    await ville.getByText(/^Lääkärin kirjallinen vastaus .*Mikko Saarinen, lääkäri/).waitFor()
    await ville.getByRole('button', { name: 'Kopioi suunnitelmaan' }).click()
    await ville.getByText(/Kopioitu|Teksti on valittu/).waitFor()
  })
  await kit.check(ville, 'an answer')

  await kit.step('or turns it into a joint appointment; the question goes along', async () => {
    await ville.getByRole('button', { name: 'Vaihda yhteisvastaanottoon' }).click()
    const dialog = ville.getByRole('dialog', { name: 'Vaihdetaanko yhteisvastaanottoon?' })
    await tick(dialog.getByRole('checkbox', { name: /^Asiakas on antanut luvan/ }))
    await kit.check(ville, 'turning')
    await dialog.getByRole('button', { name: 'Vaihda yhteisvastaanottoon' }).click()
    await ville.waitForURL(/\/appointments\/new\?.*case=/)
    await ville.getByRole('heading', { level: 1, name: 'Varaa yhteisvastaanotto' }).waitFor()
  })

  const aino = await kit.signIn('aino')
  const place = await kit.step('a prepared question stands on the appointment’s page', async () => {
    await aino.getByRole('link', { name: 'Yhteisvastaanotot', exact: true }).click()
    await prepared(aino)
    await aino.getByText(/Voiko asiakas palata varastotyöhön/).waitFor()
    return new URL(aino.url()).pathname
  })
  await kit.check(aino, 'appointment with a question')

  await kit.step('the doctor reads it in two lines, and all of it by a tap', async () => {
    await mikko.goto(place)
    await mikko.getByText(/Voiko asiakas palata varastotyöhön/).waitFor()
    await mikko.getByRole('button', { name: 'Näytä koko kysymys' }).click()
    await mikko.getByText(/Kevennetty työ kaksi viikkoa/).waitFor()
  })

  await kit.step('the coordinator changes it, with what was typed kept on the way', async () => {
    await aino.getByRole('link', { name: /^Avaa asia/ }).click()
    await aino.getByRole('heading', { level: 1, name: /^Asia/ }).waitFor()
    await aino.getByRole('button', { name: 'Muuta kysymystä' }).click()
    const tried = aino.getByRole('textbox', { name: /^Mitä on kokeiltu/ })
    await eventually(
      'the question of before',
      () => tried.inputValue(),
      (text) => text.includes('Kevennetty'),
    )
    await tried.fill('Kevennetty työ ja etätyö.')
    await aino.getByText('✓ Luonnos tallennettu').waitFor()
    await kit.check(aino, 'question form')
    await aino.reload()
    await aino.getByRole('button', { name: 'Jatka kirjoittamista' }).click()
    await eventually('what was typed', () => tried.inputValue(), 'Kevennetty työ ja etätyö.')
    await aino.getByRole('button', { name: 'Tallenna kysymys' }).click()
    await aino.getByText('Kysymys on tallennettu. Lääkäri näkee sen.').waitFor()
  })

  await kit.step('sees who has read it, and takes the client’s consent back', async () => {
    await aino.getByRole('button', { name: 'Ketkä ovat lukeneet' }).click()
    await aino
      .getByText(/Mikko Saarinen, kysymys/)
      .first()
      .waitFor()
    await kit.check(aino, 'case')
    await aino.getByRole('button', { name: /^Peru lupa/ }).click()
    const dialog = aino.getByRole('dialog', { name: 'Perutaanko lupa?' })
    await dialog.getByRole('button', { name: 'Peru lupa' }).click()
    await dialog.waitFor({ state: 'detached' })
    await aino.getByText('Peruttu', { exact: true }).waitFor()
  })

  await kit.step('from then on the doctor does not get the texts', async () => {
    await mikko.goto(place)
    await mikko.getByText('Kysymystä ei ole luettavissa').waitFor()
    const seen = await mikko.evaluate(() => document.body.textContent ?? '')
    holds(!seen.includes('varastotyöhön'), 'the question is still on the page')
  })
  await kit.check(mikko, 'withheld')

  await kit.step('a consent is recorded for one person, until a day', async () => {
    await aino.getByRole('button', { name: 'Kirjaa lupa' }).click()
    await aino.getByRole('button', { name: /Kuka saa lukea/ }).click()
    await aino.getByRole('option', { name: /^Mikko Saarinen/ }).click()
    await aino.getByRole('textbox', { name: /^Viimeinen päivä/ }).fill('31.12.2098')
    await kit.check(aino, 'consent form')
    await aino.getByRole('button', { name: 'Tallenna', exact: true }).click()
    await aino.getByText(/viimeistään 31\.12\.2098 asti/).waitFor()
    await mikko.reload()
    await mikko.getByText(/Voiko asiakas palata varastotyöhön/).waitFor()
  })
}

/** Opens the coordinator's appointment whose case has the prepared question. */
async function prepared(page: Page): Promise<void> {
  const appointment = await page.evaluate(async () => {
    const { cases: all } = await (await fetch('/api/cases')).json()
    for (const one of all) {
      const file = await (await fetch(`/api/cases/${one.id}`)).json()
      if (file.question && file.meetings[0].doctorName === 'Mikko Saarinen') {
        return file.meetings[0].appointment as string
      }
    }
    return ''
  })
  await page.goto(`/appointments/${appointment}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
}
