import type { Locator, Page } from 'playwright-core'
import { eventually, settled } from './kit'

/** More stops than any page has: who has not come where they want by then is in a trap. */
const MOST_STOPS = 200

type Stop = { name: string; problems: string[] }

/**
 * Somebody without a mouse. Everything goes through keys; each stop of the Tab key has to be in the window, to show that
 * it has the focus, and to stand after the one before. A click or a tap becomes a complaint of the browser.
 */
export class Keyboard {
  private constructor(readonly page: Page) {}

  static async of(page: Page): Promise<Keyboard> {
    await page.addInitScript(watch)
    return new Keyboard(page)
  }

  /** One stop on; gives its name, "" where the page ends. */
  async tab(back = false): Promise<string> {
    await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
    const { name, problems } = await this.page.evaluate(
      (backwards) => (globalThis as unknown as Watched).lookAtFocus(backwards),
      back,
    )
    if (problems.length > 0) throw new Error(`the stop “${name}”: ${problems.join('; ')}`)
    return name
  }

  /** Goes on with the Tab key until the focus is there. */
  async to(target: Locator): Promise<void> {
    await target.waitFor()
    for (let stops = 0; stops <= MOST_STOPS; stops++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.tab()
    }
    throw new Error(`the Tab key does not lead to ${target}`)
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.to(target)
    await this.page.keyboard.press(key)
  }

  /** Types into a field in place of what it holds. */
  async write(field: Locator, text: string): Promise<void> {
    await this.to(field)
    await this.page.keyboard.press('Control+A')
    await this.page.keyboard.insertText(text)
    await eventually('the text', () => field.inputValue(), text)
  }

  /** Chooses one of the radio buttons of a group: the Tab key leads to one of them, the arrows to the others. */
  async choose(radio: Locator): Promise<void> {
    await radio.waitFor()
    const inGroup = () =>
      radio.evaluate((wanted) => {
        const at = document.activeElement
        return at instanceof HTMLInputElement && at.name === (wanted as HTMLInputElement).name
      })
    for (let stops = 0; !(await inGroup()); stops++) {
      if (stops > MOST_STOPS) throw new Error(`the Tab key does not lead to the group of ${radio}`)
      await this.tab()
    }
    for (let moves = 0; moves < 20; moves++) {
      if (await radio.evaluate((element) => element === document.activeElement)) {
        if (!(await radio.isChecked())) await this.page.keyboard.press('Space')
        await eventually('the choice', () => radio.isChecked(), true)
        return
      }
      await this.page.keyboard.press('ArrowDown')
    }
    throw new Error(`the arrows do not lead to ${radio}`)
  }

  /** Chooses an option of a list by its text. */
  async select(list: Locator, text: string): Promise<void> {
    await this.to(list)
    const chosen = () =>
      list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text ?? '')
    await this.page.keyboard.press('Home')
    const count = await list.locator('option').count()
    for (let moves = 0; moves < count && (await chosen()) !== text; moves++)
      await this.page.keyboard.press('ArrowDown')
    await eventually('the choice', chosen, text)
  }

  /** Waits for the page of that name; its heading has the focus, so that the next stop is the first of what is new. */
  async arrives(heading: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
    await settled(this.page)
    await eventually(
      'what has the focus',
      () => this.page.evaluate(() => document.activeElement?.tagName ?? ''),
      'H1',
    )
  }

  /** Goes through the whole page: every stop shows itself, and the last one leads out. Gives the names of the stops. */
  async through(): Promise<string[]> {
    const names: string[] = []
    while (names.length <= MOST_STOPS) {
      const name = await this.tab()
      if (name === '') return names
      names.push(name)
    }
    throw new Error(`the Tab key does not leave the page: ${names.slice(-6).join(', ')}`)
  }

  /** The link that leads past the menu is the first stop of a page that was opened anew. */
  async skip(): Promise<void> {
    const name = await this.tab()
    if (name !== 'Siirry sisältöön') throw new Error(`the first stop is “${name}”`)
    await this.page.keyboard.press('Enter')
    await eventually(
      'what has the focus',
      () => this.page.evaluate(() => document.activeElement?.id),
      'content',
    )
    await this.tab()
    const inside = await this.page.evaluate(() => document.activeElement?.closest('main') !== null)
    if (!inside) throw new Error('the stop after the skip link is not in the content')
  }
}

type Watched = { lookAtFocus: (back: boolean) => Promise<Stop> }

/** Runs in the page, where nothing of this file is but this function. */
function watch() {
  for (const type of ['pointerdown', 'mousedown', 'touchstart'])
    addEventListener(type, () => console.error(`${type} in a journey without a mouse`), true)

  const eyes = {
    last: null as Element | null,
    lastLook: '',

    /** How an element, and what stands beside or around it, is outlined: fields are often drawn by their neighbours. */
    outlines(element: Element): string {
      const near = [element, ...(element.parentElement?.children ?? [])]
      for (let up = element.parentElement, n = 0; up && n < 3; up = up.parentElement, n++) near.push(up)
      return near
        .flatMap((one) => ['', '::before', '::after'].map((part) => getComputedStyle(one, part)))
        .map(
          ({ outline, outlineStyle, boxShadow }) => `${outlineStyle === 'none' ? '' : outline} ${boxShadow}`,
        )
        .join('|')
    },

    nameOf(element: Element | null): string {
      if (element === null) return ''
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : ''
      const text = element.getAttribute('aria-label') || label || element.textContent || element.id
      return (text || element.tagName).trim().replace(/\s+/g, ' ').slice(0, 80)
    },

    /** Whether something of it is in the window and not under something else. */
    sees(element: Element): boolean {
      const own = element.getBoundingClientRect()
      const drawn = own.width < 8 || own.height < 8 ? element.parentElement : element
      const box = (drawn ?? element).getBoundingClientRect()
      const left = Math.max(box.left, 0)
      const width = Math.min(box.right, innerWidth) - left
      const top = Math.max(box.top, 0)
      const height = Math.min(box.bottom, innerHeight) - top
      if (width <= 0 || height <= 0) return false
      // A link may be broken over two lines, with nothing of it in the middle of its box.
      return [0.5, 0.1, 0.9].some((across) =>
        [0.5, 0.15, 0.85].some((down) => {
          const hit = document.elementFromPoint(left + width * across, top + height * down)
          return (
            hit !== null &&
            (element.contains(hit) || hit.contains(element) || drawn?.parentElement?.contains(hit))
          )
        }),
      )
    },

    async lookAtFocus(back: boolean): Promise<Stop> {
      const { last } = eyes
      const at = document.activeElement
      const problems: string[] = []
      if (last?.isConnected && last !== at && eyes.outlines(last) === eyes.lastLook)
        problems.push(`nothing showed that “${eyes.nameOf(last)}” had the focus`)
      // Past the last stop the browser leaves the page, or begins anew.
      const anew = !back && last?.isConnected && at !== last && at?.matches('.skip-link')
      if (at === null || at === document.body || anew) {
        eyes.last = null
        return { name: '', problems }
      }
      // What slides into the window is there in a moment.
      for (let frames = 0; frames < 10 && !eyes.sees(at); frames++)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      if (!eyes.sees(at)) problems.push('it is not in the window')
      const order = last?.isConnected ? last.compareDocumentPosition(at) : 0
      const wrong = back ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING
      if (order & wrong) problems.push(`it stands on the wrong side of “${eyes.nameOf(last)}”`)
      eyes.last = at
      eyes.lastLook = eyes.outlines(at)
      return { name: eyes.nameOf(at), problems }
    },
  }
  Object.assign(globalThis, { lookAtFocus: eyes.lookAtFocus })
}
