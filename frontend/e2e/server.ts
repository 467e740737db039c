import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { Server as Road } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { slowNetwork, slowRoad } from './slow'

const STARTS_WITHIN = 120_000
const MAIL_WITHIN = 60_000

/** A server of its own for one run: fresh data, demo people, a free port. */
export class Server {
  private constructor(
    readonly address: string,
    readonly password: string,
    /** The folder of courses that do not ship, where it has any: a copy, for a journey may publish another version. */
    readonly courses: string,
    private readonly binary: string,
    private readonly data: string,
    private readonly settings: Record<string, string>,
    private readonly road: Road | undefined,
    private process: ChildProcess,
  ) {}

  static async start(binary: string, settings: Record<string, string> = {}): Promise<Server> {
    const data = mkdtempSync(join(tmpdir(), 'luotsi-e2e-'))
    const courses = `${data}-courses`
    if (settings.LUOTSI_COURSES) {
      cpSync(settings.LUOTSI_COURSES, courses, { recursive: true })
      settings = { ...settings, LUOTSI_COURSES: courses }
    }
    const port = await freePort()
    const address = `http://localhost:${port}`
    let road: Road | undefined
    try {
      if (slowNetwork) {
        const behind = await freePort()
        settings = { ...settings, LUOTSI_ADDR: `127.0.0.1:${behind}` }
        road = await slowRoad(port, behind)
      }
      const child = await run(binary, address, data, settings)
      const status = (await (await fetch(`${address}/api/status`)).json()) as { demoPassword?: string }
      return new Server(address, status.demoPassword ?? '', courses, binary, data, settings, road, child)
    } catch (error) {
      road?.close()
      rmSync(data, { recursive: true, force: true })
      rmSync(courses, { recursive: true, force: true })
      throw error
    }
  }

  /** Stops the program and starts it again at the same address, with the same data and with what its folders hold by now. */
  async restart(): Promise<void> {
    await end(this.process)
    this.process = await run(this.binary, this.address, this.data, this.settings)
  }

  /** The newest mail to an address, decoded; waits for it, because mail leaves after the answer. */
  async mailTo(address: string, containing: string): Promise<string> {
    const until = Date.now() + MAIL_WITHIN
    while (Date.now() < until) {
      const found = this.mails()
        .filter((mail) => mail.includes(address) && mail.includes(containing))
        .at(-1)
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error(`no mail to ${address} with "${containing}"`)
  }

  /** How many mails to an address contain the words now. */
  mailsTo(address: string, containing: string): number {
    return this.mails().filter((mail) => mail.includes(address) && mail.includes(containing)).length
  }

  private mails(): string[] {
    const folder = join(this.data, 'mail')
    if (!existsSync(folder)) return []
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.eml'))
      .sort((a, b) => basename(a).localeCompare(basename(b)))
      .map((name) => decoded(readFileSync(join(folder, name), 'utf8')))
  }

  async stop(): Promise<void> {
    this.road?.close()
    this.road?.closeAllConnections()
    await end(this.process)
    rmSync(this.data, { recursive: true, force: true })
    rmSync(this.courses, { recursive: true, force: true })
  }
}

/** Starts the program and waits until it answers; what it said is told when it does not. */
async function run(
  binary: string,
  address: string,
  data: string,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const output: string[] = []
  const child = spawn(binary, {
    env: {
      ...process.env,
      LUOTSI_ADDR: `127.0.0.1:${new URL(address).port}`,
      LUOTSI_PUBLIC_URL: address,
      LUOTSI_DATA: data,
      LUOTSI_DEMO: '1',
      LUOTSI_MONGODB_URI: '',
      LUOTSI_SMTP_URL: '',
      LUOTSI_COURSES: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout?.on('data', (text: Buffer) => output.push(text.toString()))
  child.stderr?.on('data', (text: Buffer) => output.push(text.toString()))
  try {
    await ready(address, child)
    return child
  } catch (error) {
    console.error(output.join(''))
    child.kill('SIGKILL')
    throw error
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(late)
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

async function ready(address: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + STARTS_WITHIN
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    try {
      if ((await fetch(`${address}/readyz`)).ok) return
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server was not ready in time')
}

/** A mail as a person reads it: quoted-printable and base64 parts opened, folded lines joined. */
function decoded(mail: string): string {
  const opened = mail
    .replace(/\r\n/g, '\n')
    .replace(
      /Content-Transfer-Encoding: (base64|quoted-printable)((?:\n[^\n]+)*)\n\n([\s\S]*?)(?=\n--|$)/gi,
      (_, encoding: string, headers: string, body: string) =>
        `${headers}\n\n${encoding.toLowerCase() === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : unquoted(body)}`,
    )
  return opened.replace(/\n[ \t]/g, '')
}

function unquoted(text: string): string {
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/[^=]|=([0-9A-F]{2})/gi, (whole, hex?: string) => (hex ? `%${hex}` : encodeURIComponent(whole)))
  return decodeURIComponent(bytes)
}
