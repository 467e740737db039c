import { createServer, request, type Server } from 'node:http'

/** What LUOTSI_E2E_SLOW says; see run.ts. */
const SLOW = process.env.LUOTSI_E2E_SLOW ?? ''

/** How long a request of a pattern takes at least: longer than the pause after which a draft is saved. */
const LONG = 3_000

/** Whether everything is slow. */
export const slowMachine = SLOW === '1'

/** Whether some of what is asked, or all of it, comes late. */
export const slowNetwork = SLOW !== ''

/**
 * Stands before the server and lets it wait, as a slow network does: what pages ask, and what a service worker asks,
 * which no page could hold back. Half of it comes late to the server; of the other half the answer is late, when the
 * server has done it long ago.
 */
export async function slowRoad(port: number, to: number): Promise<Server> {
  const road = createServer((asked, answer) => {
    const wait = delayOf(`${asked.method} ${asked.url}`)
    const before = Math.random() < 0.5 ? wait : 0
    const go = () => {
      const { method, url: path, headers } = asked
      const onwards = request({ host: '127.0.0.1', port: to, method, path, headers }, (given) => {
        const bring = () => {
          answer.writeHead(given.statusCode ?? 502, given.rawHeaders)
          given.pipe(answer)
        }
        setTimeout(bring, wait - before)
        given.on('error', () => answer.destroy())
      })
      onwards.on('error', () => answer.destroy())
      asked.pipe(onwards)
    }
    setTimeout(go, before)
  })
  await new Promise<void>((resolve, reject) => {
    road.once('error', reject)
    road.listen(port, '127.0.0.1', resolve)
  })
  return road
}

function delayOf(asked: string): number {
  if (!slowMachine) return new RegExp(SLOW).test(asked) ? LONG : 0
  return asked.includes(' /api/') ? 50 + Math.random() * 750 : 0
}
