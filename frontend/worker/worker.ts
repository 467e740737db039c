/**
 * Keeps the page's program in the browser, so that it also opens without a network. It holds the same files for
 * everybody and nothing of anybody: what people read and write is kept by the page, under their name
 * (src/shared/offline).
 *
 * Pages come from the server whenever it answers, so a new version is there at once. The page is kept whole with its
 * headers: the content policy in them names the nonce that stands in it. Files have the hash of what is in them in their names, so one of a
 * kept version can stand in for the server's at any time; the version before stays for pages that are still open.
 */

/** The addresses of the program's files; the build puts them here. */
declare const FILES: string[]
declare const VERSION: string

const worker = self as unknown as ServiceWorkerGlobalScope

const PREFIX = 'luotsi-program-'
const CACHE = PREFIX + VERSION

/** Whoever waits longer than this for a page gets the kept one. */
const PATIENCE = 5_000

worker.addEventListener('install', (event) => {
  event.waitUntil(keepProgram().then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (FILES.includes(pathname) || pathname.startsWith('/assets/')) event.respondWith(file(request))
})

async function keepProgram(): Promise<void> {
  const cache = await caches.open(CACHE)
  const start = await fetch('/', { cache: 'no-store' })
  const text = await start.clone().text()
  // Another server of a newer or older version has answered: the next visit tries again.
  const entry = /src="(\/assets\/[^"]+)"/.exec(text)?.[1]
  if (!start.ok || entry === undefined || !FILES.includes(entry))
    throw new Error('the page is of another version')
  await cache.addAll(FILES)
  await cache.put('/', start)
}

/** The version that pages may still have open stays; what is older goes. */
async function tidy(): Promise<void> {
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)))
}

async function page(request: Request): Promise<Response> {
  const kept = async () => (await caches.open(CACHE)).match('/')
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE))
  const asked = fetch(request)
  try {
    const answer = await Promise.race([asked, late])
    // A program between here and the server says that it is away.
    if (answer !== undefined && answer.status < 502) return answer
  } catch {
    // No network.
  }
  return (await kept()) ?? asked
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}
