import { readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import type { Download, Page } from 'playwright-core'
import { eventually, holds, type Kit, same, settled, tick } from '../kit'

// Twenty people before and after: means 6,8 and 7,3.
const PAIRS = [
  ...Array.from({ length: 6 }, () => [6, 7]),
  ...Array.from({ length: 8 }, () => [7, 7]),
  ...Array.from({ length: 4 }, () => [7, 8]),
  ...Array.from({ length: 2 }, () => [8, 8]),
]
const table = (rows: (number | string)[][]) =>
  [['ability_alku', 'ability_loppu'], ...rows].map((row) => row.join('\t')).join('\n')

/** A report of figures, from a table with a mistake to paper, Word and a spreadsheet, in three languages. */
export async function reports(kit: Kit): Promise<void> {
  const page = await kit.signIn('paivi')

  await kit.step('reports are reached from the cohorts', async () => {
    await page.getByRole('link', { name: 'Ryhmät' }).click()
    await page.getByRole('link', { name: 'Raportit' }).click()
    await page.getByRole('heading', { level: 1, name: 'Raportit' }).waitFor()
    await settled(page)
  })
  await kit.check(page, 'reports')

  await kit.step('the headline of an earlier project is a saved report', async () => {
    await page.getByRole('main').getByRole('article').getByRole('link').first().click()
    await page.getByText('6,8 → 7,3', { exact: true }).waitFor()
    for (const share of ['45 % (90/200)', '38 % (76/200)', '37 % (74/200)']) {
      await page.getByText(`Parani: ${share}`).waitFor()
    }
    await settled(page)
  })
  await kit.check(page, 'headline report')
  await whole(page, 'headline report')

  await kit.step('a new report says at once what would come of it', async () => {
    await page.getByRole('link', { name: 'Raportit' }).click()
    await page.getByRole('link', { name: 'Uusi raportti' }).click()
    await page.getByRole('heading', { level: 1, name: 'Uusi raportti' }).waitFor()
    await tick(page.getByRole('checkbox', { name: 'Syksyn ryhmä' }))
    await eventually('what can be shown', () => page.getByText('Voidaan näyttää').count(), 3)
    const make = page.getByRole('button', { name: 'Tee raportti' })
    await eventually('the button', () => make.getAttribute('aria-disabled'), 'false')
    // Its colour goes over to that of a button that can be pressed.
    await make.evaluate((button) => Promise.all(button.getAnimations().map((one) => one.finished)))
  })
  await kit.check(page, 'new report')

  await kit.step('it is made after one more question', async () => {
    await page.getByRole('button', { name: 'Tee raportti' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/Raportti jää sellaiseksi kuin luvut nyt ovat/).waitFor()
    await dialog.getByRole('button', { name: 'Tee raportti' }).click()
    await page.getByRole('heading', { level: 1, name: /Syksyn ryhmä$/ }).waitFor()
    await page.getByRole('heading', { level: 2, name: 'Tulos lyhyesti' }).waitFor()
    await settled(page)
  })
  await kit.check(page, 'report of a cohort')

  await kit.step('on a phone long tables wait until they are asked for, and paper has them all', async () => {
    const before = page.viewportSize()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    const table = page.locator('.chart-folded').first()
    const summary = table.getByText(/^Luvut taulukkona, \d+ riviä$/)
    await summary.waitFor()
    holds(!(await table.getByRole('table').isVisible()), 'closed')
    await summary.click()
    await table.getByRole('table').waitFor()
    await page.pdf({ format: 'A4' })
    await eventually('closed on paper', () => page.locator('.report details:not([open])').count(), 0)
    if (before) await page.setViewportSize(before)
    await page.reload()
    await page.getByRole('table').first().waitFor()
  })
  await whole(page, 'report of a cohort')

  await kit.step('a table with a mistake says where it is, and nothing is made', async () => {
    await page.getByRole('link', { name: 'Raportit' }).click()
    await page.getByRole('link', { name: 'Uusi raportti' }).click()
    await page.getByRole('link', { name: 'Omasta taulukosta' }).click()
    await choose(page, 'Kysely', 'Työkyky yhdellä luvulla')
    await paste(page, table([...PAIRS.slice(1), [6, 11]]))
    await page.getByRole('button', { name: 'Tarkista taulukko' }).click()
    await page.getByText('Rivi 21, sarake ability_loppu: ei ole asteikolla').waitFor()
  })
  await kit.check(page, 'a table with a mistake')

  await kit.step('nine people are too few', async () => {
    await paste(page, table(PAIRS.slice(0, 9)))
    await page.getByRole('button', { name: 'Tarkista taulukko' }).click()
    await page.getByText('Vastaajia on alle 10.').waitFor()
    same(await page.getByRole('button', { name: 'Tee raportti' }).count(), 0, 'ways to make it')
  })

  await kit.step('twenty become a report that begins with what came out', async () => {
    await paste(page, table(PAIRS))
    await page.getByRole('button', { name: 'Tarkista taulukko' }).click()
    await page.getByText('20 riviä luettu. Raportin voi tehdä.').waitFor()
    await page.getByRole('textbox', { name: 'Raportin nimi' }).fill('Työkyky ennen ja jälkeen')
    await page.getByRole('button', { name: 'Tee raportti' }).click()
    await page.getByRole('heading', { level: 1, name: 'Työkyky ennen ja jälkeen' }).waitFor()
    await page.getByText('6,8 → 7,3', { exact: true }).waitFor()
    await page.getByText('Parani: 50 % (10/20)', { exact: true }).waitFor()
    await page.getByRole('img', { name: /^Keskiarvot\. Keskiarvo nousi: 6,8 → 7,3\./ }).waitFor()
    await eventually('plots', () => page.getByRole('img').count(), 4)
  })
  await kit.check(page, 'report')
  await whole(page, 'report, fi')

  await kit.step('every plot has a table with its numbers', async () => {
    await page.getByRole('group', { name: 'Keskiarvot', exact: true }).first().waitFor()
    const plots = page.locator('figure.chart')
    for (let nth = 0; nth < (await plots.count()); nth += 1) {
      holds((await plots.nth(nth).locator('tbody tr').count()) > 0, `plot ${nth} has a table`)
    }
  })

  await kit.step('a spreadsheet gets commas in its numbers, or points', async () => {
    const comma = await fileOf(page, () => page.getByRole('link', { name: 'CSV, desimaalipilkku' }).click())
    const point = await fileOf(page, () => page.getByRole('link', { name: 'CSV, desimaalipiste' }).click())
    holds(comma.toString().includes(';6,8000;'), 'a mean with a comma')
    holds(point.toString().includes(',6.8000,'), 'a mean with a point')
  })

  await kit.step('the Word file has headings, tables, pictures and its language', async () => {
    const file = await fileOf(page, () => page.getByRole('button', { name: 'Lataa Word-tiedosto' }).click())
    const parts = unzipped(file)
    const document = parts.get('word/document.xml')?.toString() ?? ''
    for (const wanted of ['6,8 → 7,3', 'w:val="Heading1"', '<w:tbl>', '<w:tblHeader']) {
      holds(document.includes(wanted), `${wanted} in the document`)
    }
    holds((parts.get('word/styles.xml')?.toString() ?? '').includes('w:val="fi-FI"'), 'the language')
    const pictures = [...parts].filter(([name]) => name.endsWith('.png'))
    same(pictures.length, 4, 'pictures')
    for (const [, picture] of pictures) {
      same(picture.subarray(1, 4).toString(), 'PNG', 'a picture')
      same(picture.readUInt32BE(16), 1240, 'its width')
    }
  })

  await kit.step('on paper there is nothing to press, and nothing is cut off', async () => {
    await page.emulateMedia({ media: 'print' })
    holds(!(await page.getByRole('button', { name: 'Lataa Word-tiedosto' }).isVisible()), 'no buttons')
    holds(await page.getByRole('img').first().isVisible(), 'plots')
    const pdf = await page.pdf({ format: 'A4' })
    holds(pdf.length > 20_000, 'a PDF')
    await page.emulateMedia({ media: null })
  })

  for (const [language, button, heading] of [
    ['sv', 'Svenska', 'Resultatet i korthet'],
    ['en', 'English', 'The result in brief'],
  ] as const) {
    await kit.step(`the same in ${language}`, async () => {
      await page.getByRole('button', { name: button }).click()
      await page.getByRole('heading', { level: 2, name: heading }).waitFor()
      await settled(page)
      await eventually('plots', () => page.getByRole('img').count(), 4)
    })
    await kit.check(page, `report, ${language}`)
    await whole(page, `report, ${language}`)
  }
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${field}$`) }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Liitä taulukko' }).fill(text)
}

async function fileOf(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const coming: Promise<Download> = page.waitForEvent('download')
  await act()
  return readFile(await (await coming).path())
}

/** All of a page in pictures, for a look at every plot. */
async function whole(page: Page, name: string): Promise<void> {
  const folder = process.env.LUOTSI_PICTURES
  if (!folder) return
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await settled(page)
    await page.screenshot({ path: `${folder}/${name}-whole-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** The files in a zip, by the directory at its end. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const content = zip.subarray(from, from + size)
    files.set(
      zip.subarray(at + 46, at + 46 + name).toString(),
      method === 0 ? content : inflateRawSync(content),
    )
    at += 46 + name + extra + comment
  }
  return files
}
