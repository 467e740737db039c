import { type Kit, same, tick } from '../kit'

/** A scheduler publishes reception days around a holiday, takes one back, and cancels one in which somebody has a place. */
export async function receptions(kit: Kit): Promise<void> {
  const sanna = await kit.signIn('sanna')
  const holiday = comingHoliday()
  await kit.step('a scheduler opens the reception days of a doctor', async () => {
    await sanna
      .getByRole('link', { name: /Mikko Saarinen/ })
      .first()
      .click()
    await sanna.getByRole('heading', { level: 1, name: /Mikko Saarinen/ }).waitFor()
    await sanna.getByRole('link', { name: 'Vastaanottopäivät' }).click()
    await sanna.getByRole('heading', { level: 1, name: 'Vastaanottopäivät: Mikko Saarinen' }).waitFor()
    await sanna.getByText('1/4 paikkaa varattu').waitFor()
  })
  await kit.check(sanna, 'reception days')

  await kit.step('a series shows its days before it is published, without the holiday', async () => {
    await sanna.getByRole('button', { name: 'Uusi vastaanottosarja' }).click()
    await sanna.getByRole('textbox', { name: /Ensimmäinen päivä/ }).fill(typed(addDays(holiday, -7)))
    await sanna.getByRole('textbox', { name: /Alkaa klo/ }).fill('12')
    await sanna.getByRole('textbox', { name: /Päättyy klo/ }).fill('13.30')
    await tick(sanna.getByRole('radio', { name: 'Viikoittain' }))
    await sanna.getByRole('textbox', { name: /Viimeistään/ }).fill(typed(addDays(holiday, 7)))
    const box = sanna.getByRole('checkbox', { name: day(holiday) })
    await box.waitFor()
    await sanna.getByText('Pyhäpäivä.').first().waitFor()
    same(await box.isChecked(), false, 'the holiday is chosen')
    await sanna.getByRole('button', { name: 'Julkaise 2 päivää' }).waitFor()
  })
  await kit.check(sanna, 'a series with a holiday')
  await kit.step('what was published is taken back', async () => {
    await sanna.getByRole('button', { name: 'Julkaise 2 päivää' }).click()
    await sanna.getByText('2 vastaanottopäivää julkaistiin.').waitFor()
    await sanna.getByRole('button', { name: 'Kumoa julkaisu' }).click()
    await sanna.getByText('Julkaisu kumottiin.').waitFor()
  })

  await kit.step('a move says first that nobody minds', async () => {
    await sanna
      .getByRole('button', { name: /^Siirrä / })
      .last()
      .click()
    const form = sanna.getByRole('form', { name: 'Siirrä vastaanottopäivä' })
    await form.getByRole('textbox', { name: /Alkaa klo/ }).fill('8.15')
    await form.getByText('Kukaan ei ole vielä varannut paikkaa.').waitFor()
  })
  await kit.check(sanna, 'moving a reception day')
  await kit.step('and the list has the new time', async () => {
    await sanna.getByRole('button', { name: 'Siirrä päivä' }).click()
    await sanna.getByText('Vastaanotto siirrettiin.').waitFor()
    await sanna.getByText('klo 8.15–12.00').waitFor()
  })

  await kit.step('cancelling says whom it concerns', async () => {
    await sanna
      .getByRole('button', { name: /^Peru / })
      .first()
      .click()
    const dialog = sanna.getByRole('dialog', { name: 'Perutaanko vastaanottopäivä?' })
    await dialog.getByText(/^1 varaus perutaan/).waitFor()
  })
  await kit.check(sanna, 'cancelling a reception day')
  await kit.step('who had a place waits for a new one', async () => {
    await sanna.getByRole('dialog').getByRole('button', { name: 'Peru päivä' }).click()
    await sanna.getByText('1 varaus palasi jonoon.').waitFor()
    await sanna.getByText('1/4 paikkaa varattu').waitFor({ state: 'detached' })
    const aino = await kit.signIn('aino')
    await aino.goto('/waiting')
    await aino
      .getByText(/Mikko Saarinen/)
      .first()
      .waitFor()
  })

  await kit.step('a unit sees what it lends to its neighbours', async () => {
    await sanna.goto('/doctors')
    await sanna.getByRole('link', { name: 'Paikkoja naapureille' }).click()
    await sanna.getByText('Rantatien terveysasema').waitFor()
    await sanna.getByText('0/2 käytetty tässä kuussa').waitFor()
    await sanna.getByText('Muut eivät lainaa meille paikkoja').waitFor()
  })
  await kit.check(sanna, 'places for neighbours')
  await kit.step('and changes how many', async () => {
    await sanna.getByRole('button', { name: 'Muuta: Rantatien terveysasema' }).click()
    await sanna.getByRole('textbox', { name: 'Paikkoja kuukaudessa' }).fill('3')
    await sanna.getByRole('button', { name: 'Tallenna' }).click()
    await sanna.getByText('0/3 käytetty tässä kuussa').waitFor()
  })
}

// Holidays of a fixed date, month and day.
const HOLIDAYS = ['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26']

/**
 * The next holiday on a working day that is more than three weeks away, as 2026-12-24; not one with another a week before
 * or after it, as Christmas Day and New Year's Day are.
 */
function comingHoliday(): string {
  const soonest = addDays(new Date().toISOString().slice(0, 10), 22)
  const holiday = (date: string) => HOLIDAYS.includes(date.slice(5))
  for (let date = soonest; ; date = addDays(date, 1)) {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay()
    const alone = ![-7, 7].some((days) => holiday(addDays(date, days)))
    if (holiday(date) && alone && weekday >= 1 && weekday <= 5) return date
  }
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** 24.12.2026, as people type it. */
function typed(date: string): string {
  const [year, month, dayOfMonth] = date.split('-')
  return `${Number(dayOfMonth)}.${Number(month)}.${year}`
}

/** A checkbox whose name begins with that day, after the weekday. */
function day(date: string): RegExp {
  const [, month, dayOfMonth] = date.split('-')
  return new RegExp(`^\\S+ ${Number(dayOfMonth)}\\.${Number(month)}\\.`)
}
