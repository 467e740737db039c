import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core'
import type { Server } from './server'
import { slowMachine } from './slow'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [1280, 390]
const NARROWEST = 320
const HEIGHT = 900
// Waiting costs nothing when all is well: long enough for a busy machine.
const PATIENCE = 20_000

type Finding = { id: string; nodes: { html: string; failureSummary?: string }[] }

export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.LUOTSI_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** What a journey works with: named steps that are counted, people with devices, and a check of every page. */
export class Kit {
  passed = 0
  /** What failed and why, told again at the end of a run: the beginning of a long output is easily lost. */
  readonly failures: string[] = []
  /** What happened, a line each. */
  readonly told: string[] = []
  private readonly contexts: BrowserContext[] = []
  private readonly complaints: string[] = []

  private current: Server | undefined

  constructor(private readonly browser: Browser) {}

  /** The server of the journey that is walked. */
  get server(): Server {
    if (!this.current) throw new Error('no journey has begun')
    return this.current
  }

  /** Runs a journey; a step that fails ends it, for the later ones build on it. */
  async journey(server: Server, name: string, walk: (kit: Kit) => Promise<void>): Promise<void> {
    this.current = server
    this.told.push(`\n${name}`)
    try {
      await walk(this)
    } catch (error) {
      if (!(error instanceof StepFailed)) {
        this.fails(`${error instanceof Error ? error.stack : String(error)}`)
      }
    }
    const complaints = this.complaints.splice(0)
    if (complaints.length > 0) this.fails(`the browser complained:\n    ${complaints.join('\n    ')}`)
    for (const context of this.contexts.splice(0)) await context.close()
  }

  async step<T>(name: string, act: () => Promise<T>): Promise<T> {
    try {
      const result = await act()
      this.passed += 1
      this.told.push(`  ✓ ${name}`)
      return result
    } catch (error) {
      // A step around the failed one has been told with it.
      if (error instanceof StepFailed) throw error
      this.fails(
        `${name}\n    ${error instanceof Error ? error.message.split('\n').slice(0, 14).join('\n    ') : error}`,
      )
      await this.keepPictures(name)
      throw new StepFailed()
    }
  }

  private fails(what: string): void {
    const told = `  ✗ ${what}`
    this.failures.push(told)
    this.told.push(told)
  }

  /**
   * A new device: nothing remembered, Finnish, and far from Finland's time zone, which must not matter. The
   * page's program is kept in it only when that is what a journey is about: else no file could be lost on the way.
   */
  async device(kept: 'block' | 'allow' = 'block'): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.server.address,
      viewport: { width: WIDTHS[0] ?? 1280, height: HEIGHT },
      locale: 'fi-FI',
      timezoneId: 'America/New_York',
      reducedMotion: 'reduce',
      serviceWorkers: kept,
    })
    context.setDefaultTimeout(PATIENCE)
    this.contexts.push(context)
    const page = await context.newPage()
    keepsRequests(page)
    if (slowMachine) await slowDown(page)
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`))
    page.on('console', (message) => {
      // Every refused request is reported, and every part that did not come; what the page makes of it is the
      // journey's matter.
      if (message.type() !== 'error' || /^(Failed to load resource|Problem: network)/.test(message.text()))
        return
      this.complaints.push(`${page.url()}: ${message.text()}`)
    })
    return page
  }

  async signIn(name: string, password = this.server.password, device = this.device()): Promise<Page> {
    const page = await device
    await page.goto('/sign-in')
    await this.fillSignIn(page, name, password)
    await this.signedIn(page)
    return page
  }

  /** The first page has come: a link that is pressed before leads back to it. */
  async signedIn(page: Page): Promise<void> {
    await page.getByRole('navigation', { name: 'Päävalikko' }).waitFor()
    // It stands until then, and names people too.
    await page.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor({ state: 'detached' })
  }

  async fillSignIn(page: Page, name: string, password = this.server.password): Promise<void> {
    await page.getByRole('textbox', { name: 'Sähköpostiosoite' }).fill(`${name}@demo.luotsi.example`)
    await page.getByRole('textbox', { name: 'Salasana' }).fill(password)
    await page.getByRole('button', { name: 'Kirjaudu sisään' }).click()
  }

  /** axe without findings and nothing wider than the window, at both widths; the page's title says where one is. */
  async check(page: Page, name: string): Promise<void> {
    for (const width of WIDTHS) {
      await this.step(`${name}: accessible at ${width} px`, async () => {
        await page.setViewportSize({ width, height: HEIGHT })
        await settled(page)
        await page.evaluate(AXE)
        const findings = await page.evaluate(
          async () =>
            (
              await (
                globalThis as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } }
              ).axe.run()
            ).violations,
        )
        const said = findings.map(
          (finding) => `${finding.id}: ${finding.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
        )
        if (said.length > 0) throw new Error(said.join('\n'))
        await fits(page)
        await eventually(
          'the title',
          () => page.title(),
          (title) => title.endsWith(' – Luotsi'),
        )
        await this.picture(page, `${name}-${width}`)
      })
    }
    await this.step(`${name}: fits a window of ${NARROWEST} px`, async () => {
      await page.setViewportSize({ width: NARROWEST, height: HEIGHT })
      await fits(page)
    })
    await page.setViewportSize({ width: WIDTHS[0] ?? 1280, height: HEIGHT })
  }

  private async picture(page: Page, name: string): Promise<void> {
    const folder = process.env.LUOTSI_PICTURES
    if (!folder) return
    // What stays at the bottom of the window is drawn where the page has been scrolled to: below the picture, perhaps.
    await page.evaluate(() => scrollTo(0, 0))
    const size = await page.evaluate(() => ({
      width: document.documentElement.clientWidth,
      height: document.documentElement.scrollHeight,
    }))
    const clip = { x: 0, y: 0, width: size.width, height: Math.min(size.height, 1400) }
    await page.screenshot({
      path: `${folder}/${name.replace(/[^\wäöå-]+/gi, '_')}.png`,
      fullPage: true,
      clip,
    })
  }

  private async keepPictures(name: string): Promise<void> {
    for (const [nth, context] of this.contexts.entries()) {
      for (const page of context.pages()) {
        try {
          await this.picture(page, `failed-${name}-${nth}`)
        } catch {
          // The page may be gone; the failure itself has been told.
        }
      }
    }
  }
}

class StepFailed extends Error {}

/** A slow machine: what a journey or a page expects too early shows itself here, and behind a slow network (see slow.ts). */
async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 5 })
}

const underWay = new WeakMap<Page, Set<Request>>()

function keepsRequests(page: Page): void {
  const requests = new Set<Request>()
  underWay.set(page, requests)
  page.on('request', (request) => {
    // With the page that goes, what it asked for goes.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) requests.clear()
    if (new URL(request.url()).pathname.startsWith('/api/')) requests.add(request)
  })
  page.on('requestfinished', (request) => requests.delete(request))
  page.on('requestfailed', (request) => requests.delete(request))
}

/**
 * The page waits for no answer of the server. Before a session ends under it: an answer that says so may come to anything it
 * asked, and takes it to where one signs in before anything is typed.
 */
export async function quiet(page: Page): Promise<void> {
  const requests = underWay.get(page) ?? new Set()
  await eventually(
    'what is on its way',
    async () => [...requests].map((request) => `${request.method()} ${request.url()}`),
    [],
  )
}

/** A day so many days from now in Finland, as it is typed: wherever and whenever the journeys are walked. */
export function finnishDay(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000)
  return new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki' }).format(day)
}

/** Nothing sticks out sideways; floating parts may take a moment to follow the window. */
async function fits(page: Page): Promise<void> {
  try {
    await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth)
  } catch {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    throw new Error(`${over} px wider than the window`)
  }
}

export function same(got: unknown, want: unknown, what: string): void {
  if (!equal(got, want)) throw new Error(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`)
}

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Reads until it is what is wanted, a value or a test of one, and gives the last reading. For everything that a page
 * shows only after an answer, or after the part that was waited for.
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T>,
  wanted: T | ((got: T) => boolean),
): Promise<T> {
  const until = Date.now() + PATIENCE
  for (;;) {
    const got = await read()
    if (wanted instanceof Function ? wanted(got) : equal(got, wanted)) return got
    if (Date.now() > until) {
      const want = wanted instanceof Function ? '' : `, want ${JSON.stringify(wanted)}`
      throw new Error(`${what}: got ${JSON.stringify(got)}${want}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Nothing on the page is on its way any more; a colour that is just changing has no contrast of its own yet. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.loading').first().waitFor({ state: 'detached' })
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    // One that stands still ends never; nobody waits for it.
    const longEnough = new Promise((resolve) => setTimeout(resolve, 1000))
    await Promise.race([Promise.allSettled(ending.map((one) => one.finished)), longEnough])
  })
}

export function holds(truth: boolean, what: string): void {
  if (!truth) throw new Error(what)
}

export async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? '').trim()
}

/** Ticks a box or a radio button with the keyboard: the drawn box lies over the real one. */
export async function tick(field: Locator): Promise<void> {
  if (await field.isChecked()) return
  await field.focus()
  await field.page().keyboard.press('Space')
  await eventually('ticked', () => field.isChecked(), true)
}

export async function untick(field: Locator): Promise<void> {
  if (!(await field.isChecked())) return
  await field.focus()
  await field.page().keyboard.press('Space')
  await eventually('ticked', () => field.isChecked(), false)
}
