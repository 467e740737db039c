import { eventually, holds, type Kit } from '../kit'

const COURSE = '/courses/tyokykykoordinaattori'
const LESSON = '**/api/courses/*/activities/m1-house'

/**
 * How a change is shown, and how a lesson that is gone leads on. No version can be published while a program runs, so what the
 * server says of one is put into its answers here; that it says so is tested where it is made (courses/change_test.go).
 */
export async function changes(kit: Kit): Promise<void> {
  const page = await kit.signIn('aino')
  let read = false
  await page.route(LESSON, async (route) => {
    const answer = await route.fetch()
    const lesson = await answer.json()
    const blocks = [
      { state: 'gap', html: '' },
      { state: 'same', kind: 'paragraph', html: 'Ennallaan.' },
      { state: 'changed', kind: 'paragraph', html: 'Kerroksia on <del>kolme</del> <ins>neljä</ins>.' },
      { state: 'removed', kind: 'item', html: 'Vanha kohta.' },
      { state: 'added', kind: 'item', html: 'Uusi <strong>kohta</strong>.' },
    ]
    const change = { hash: 'today', seen: '2026-10-01T08:00:00Z', blocks }
    await route.fulfill({ response: answer, json: read ? lesson : { ...lesson, done: true, change } })
  })
  await page.route(`${LESSON}/acknowledgement`, async (route) => {
    holds(route.request().postDataJSON().hash === 'today', 'the texts that were shown are acknowledged')
    read = true
    await route.fulfill({ status: 204 })
  })

  await kit.step('what changed in something finished is shown above it', async () => {
    await page.goto(`${COURSE}/activities/m1-house`)
    await page.getByRole('heading', { name: 'Tämä on muuttunut sen jälkeen, kun teit sen' }).waitFor()
    await page.getByText('Suorituksesi on tallessa').waitFor()
    await eventually('what came', () => page.locator('.change ins').count(), 2)
    await eventually('what went', () => page.locator('.change del').count(), 2)
    await page.locator('.prose').waitFor()
  })
  await kit.check(page, 'changed lesson')

  await kit.step('one tap by keyboard says that it was read', async () => {
    await page.getByRole('button', { name: 'Luin muutoksen' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Luin muutoksen' }).waitFor({ state: 'detached' })
    await page.locator('.prose').waitFor()
  })

  const gone = {
    status: 404,
    contentType: 'application/problem+json',
    json: { status: 404, code: 'unknown_activity', info: { activity: 'm1-house' } },
  }
  await kit.step('a lesson that was taken out leads to the one that followed it', async () => {
    await page.route('**/api/courses/*/activities/m1-gone', (route) => route.fulfill(gone))
    await page.goto(`${COURSE}/activities/m1-gone`)
    await page.getByText('Tämä osio ei ole enää kurssilla').waitFor()
    await page.getByText('ovat tallessa').waitFor()
  })
  await kit.check(page, 'lesson taken out')
  await kit.step('and the next one opens', async () => {
    await page.getByRole('link', { name: 'Jatka seuraavaan osioon' }).click()
    await page.locator('.prose').waitFor()
  })

  await kit.step('a lesson taken out while it is read says so when it is left or marked', async () => {
    await page.goto('/learning')
    await page.getByRole('link', { name: 'Jatka', exact: true }).click()
    const done = page.getByRole('button', { name: 'Merkitse luetuksi ja jatka' })
    await done.waitFor()
    await page.route('**/api/courses/*/activities/*/done', (route) => route.fulfill(gone))
    await done.click()
    await page.getByText('Tämä osio ei ole enää kurssilla').waitFor()
    await done.waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: 'Jatka seuraavaan osioon' }).click()
    await page.locator('.prose').waitFor()
    await page.getByText('Tämä osio ei ole enää kurssilla').waitFor({ state: 'detached' })
  })
}
