import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { eventually, holds, type Kit, same, textOf } from '../kit'

const COURSE = 'tyokykykoordinaattori'
const VIDEO = `/courses/${COURSE}/activities/m1-video`
const SECONDS = 84
const CAPTIONS = new URL(
  '../../../courses/library/tyokykykoordinaattori/m01/06-video.fi.vtt',
  import.meta.url,
)

/** A video is watched by mouse and by keyboard, left, gone on with on another device, and finished. */
export async function video(kit: Kit): Promise<void> {
  const computer = await kit.signIn('aino')

  await kit.step('a video is there with its captions, and the same as a text', async () => {
    await computer.goto(VIDEO)
    await loaded(computer)
    await computer.getByRole('heading', { name: 'Sama tekstinä' }).waitFor()
    await captionIs(computer, /Ensitapaaminen kulkee kuudessa vaiheessa/)
    await computer.getByText('0:00 / 1:24').waitFor()
  })
  await kit.check(computer, 'video')

  await kit.step('it plays', async () => {
    await computer.getByRole('button', { name: 'Toista' }).click()
    await computer.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1)
    await computer.getByRole('button', { name: 'Pysäytä' }).waitFor()
  })

  await kit.step('keys move it, change its speed, and stop it', async () => {
    await computer.getByRole('button', { name: 'Pysäytä' }).focus()
    await computer.keyboard.press('l')
    await computer.keyboard.press('ArrowRight')
    await computer.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 20)
    await computer.keyboard.press('>')
    await eventually('speed', () => computer.getByLabel('Nopeus').inputValue(), '1.25')
    same(await computer.evaluate(() => document.querySelector('video')?.playbackRate), 1.25, 'speed')
    await computer.keyboard.press('k')
    await computer.getByRole('button', { name: 'Toista' }).waitFor()
    // It has played on while the keys were pressed: where it stands now depends on how fast they were.
    const stands = await timeOf(computer)
    await eventually('the place is saved', () => keptSecond(computer), Math.floor(stands))
    await computer.keyboard.press('j')
    await eventually('ten seconds back', () => timeOf(computer), near(stands - 10))
    await computer.keyboard.press('l')
    await eventually('ten seconds on', () => timeOf(computer), near(stands))
    await captionIs(computer, spokenAt(stands))
  })

  const second = await kit.step(
    'the slider tells its place in words, and a jump to the end is not watching',
    async () => {
      const slider = computer.getByRole('slider', { name: 'Kohta' })
      await slider.focus()
      await computer.keyboard.press('End')
      await eventually('words', () => slider.getAttribute('aria-valuetext'), '1:24, kesto 1:24')
      await computer.keyboard.press('Home')
      for (let jump = 0; jump < 4; jump++) await computer.keyboard.press('ArrowRight')
      await eventually('words', () => slider.getAttribute('aria-valuetext'), '0:40, kesto 1:24')
      await eventually('second at the server', () => keptSecond(computer), 40)
      await computer.getByRole('button', { name: 'Merkitse tehdyksi ja jatka' }).waitFor()
      return 40
    },
  )

  await kit.step(
    'captions can be switched off and on by keyboard, and stay as they were chosen',
    async () => {
      await computer.getByRole('button', { name: 'Toista' }).focus()
      await computer.keyboard.press('c')
      await computer.locator('.video-captions').waitFor({ state: 'detached' })
      await eventually('captions', () => computer.getByLabel('Tekstitys').inputValue(), 'off')
      await computer.keyboard.press('c')
      await captionIs(computer, /en tiedä/)
    },
  )

  await kit.step('"Continue" tells the second, and goes on there on another device', async () => {
    await computer.getByRole('link', { name: 'Kurssin sivulle' }).click()
    await computer.getByText(/kohdasta 0:40/).waitFor()
    const phone = await kit.signIn('aino')
    await phone.setViewportSize({ width: 390, height: 844 })
    await phone.getByText(/kohdasta 0:40/).waitFor()
    await phone.getByRole('link', { name: 'Jatka', exact: true }).click()
    await loaded(phone)
    await eventually(
      'second',
      () => timeOf(phone),
      (at) => at >= second && at < second + 2,
    )
    await phone.context().close()
  })

  await kit.step('the speed is remembered', async () => {
    await computer.goto(VIDEO)
    await loaded(computer)
    await eventually('speed', () => computer.getByLabel('Nopeus').inputValue(), '1.25')
    await eventually(
      'speed of the video',
      () => computer.evaluate(() => document.querySelector('video')?.playbackRate),
      1.25,
    )
  })

  await kit.step('a range out of bounds is refused, and one at the end is served', async () => {
    const answers = [await part(computer, 'bytes=-1'), await part(computer, 'bytes=99999999-')]
    const size = Number(String(answers[0]?.[1]).split('/')[1])
    same(
      answers,
      [
        [206, `bytes ${size - 1}-${size - 1}/${size}`, 1],
        [416, `bytes */${size}`, 0],
      ],
      'ranges',
    )
  })

  await kit.step('a video that does not come says so, and is asked for again', async () => {
    const other = await kit.signIn('aino')
    await other.route('**/media/**', (route) => route.abort())
    await other.goto(VIDEO)
    await other.getByText('Video ei lataudu').waitFor()
    await other.getByRole('heading', { name: 'Sama tekstinä' }).waitFor()
    await kit.check(other, 'video that does not load')
    await other.unroute('**/media/**')
    await other.getByRole('button', { name: 'Yritä uudelleen' }).click()
    await loaded(other)
    await other.getByText('Video ei lataudu').waitFor({ state: 'detached' })
    await other.context().close()
  })

  await kit.step('nearly all of it watched is done', async () => {
    // As if all up to here had been watched before.
    await computer.evaluate(
      async ([course, watched]) => {
        await fetch(`/api/courses/${course}/place`, {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json', 'Luotsi-Request': '1' },
          body: JSON.stringify({ activity: 'm1-video', position: watched, second: 74 }),
        })
      },
      [COURSE, Math.floor((74 / SECONDS) * 1000)] as const,
    )
    // The page that is left says where it is, too: at the same second, or nowhere.
    await computer.reload()
    await loaded(computer)
    await eventually(
      'second',
      () => timeOf(computer),
      (at) => at >= 73 && at < 76,
    )
    await computer.getByRole('button', { name: 'Toista' }).click()
    await computer.getByText('Video on tehty').waitFor()
    holds((await timeOf(computer)) > 75, 'it has played')
    await computer.getByText('✓ Tehty').first().waitFor()
    await computer.getByRole('button', { name: 'Jatka seuraavaan' }).waitFor()
  })
  await kit.check(computer, 'video that is done')
}

async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 1)
}

function near(second: number): (got: number) => boolean {
  return (got) => Math.abs(got - second) < 0.5
}

/** What the captions of the video say at a second. */
function spokenAt(second: number): RegExp {
  const cues = readFileSync(CAPTIONS, 'utf8').split('\n\n').slice(1)
  const begun = cues.filter((cue) => beginOf(cue) <= second)
  const words = begun.at(-1)?.split('\n').slice(1).join(' ').trim() ?? 'nothing'
  return new RegExp(words.replace(/[.?]/g, '\\$&'))
}

/** 01:03.500 --> … in seconds. */
function beginOf(cue: string): number {
  const [, minutes, seconds] = /(\d+):([\d.]+) -->/.exec(cue) ?? []
  return Number(minutes) * 60 + Number(seconds)
}

/** What the server says when it is asked for a part of the video: status, Content-Range, and how much came. */
function part(page: Page, range: string): Promise<[number, string, number]> {
  return page.evaluate(async (wanted) => {
    const address = document.querySelector('video')?.src ?? ''
    const answer = await fetch(address, { headers: { Range: wanted }, cache: 'no-store' })
    const got = await answer.arrayBuffer()
    return [answer.status, answer.headers.get('Content-Range') ?? '', got.byteLength]
  }, range)
}

/** The second that the server knows. */
function keptSecond(page: Page): Promise<number | undefined> {
  return page.evaluate(async (address) => {
    const answer = (await (await fetch(address)).json()) as { place?: { second?: number } }
    return answer.place?.second
  }, `/api${VIDEO}`)
}

function timeOf(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelector('video')?.currentTime ?? -1)
}

async function captionIs(page: Page, words: RegExp): Promise<void> {
  await eventually(
    'caption',
    () => textOf(page.locator('.video-captions')),
    (got) => words.test(got),
  )
}
