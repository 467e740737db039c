import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { startTexts } from './shared/i18n/i18n'
import { type Me, meQuery } from './shared/session/me'

/** A person for tests; say which roles matter. */
export function personWith(...roles: string[]): Me {
  return {
    id: 'me',
    name: 'Testi Henkilö',
    email: 'testi@example.fi',
    language: 'fi',
    grants: roles.map((role) => ({
      role,
      unit: 'unit',
      unitName: 'Terveyskeskus',
      org: 'org',
      orgName: 'Alue',
    })),
  }
}

export type Asked = { method: string; path: string; query: URLSearchParams; body: unknown; headers: Headers }
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> }

/** Answers requests instead of a server, and keeps what was asked. */
export function serve(answer: (asked: Asked) => Answer): Asked[] {
  const all: Asked[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url)
    const text = await request.text()
    const asked = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      body: text === '' ? undefined : JSON.parse(text),
      headers: request.headers,
    }
    all.push(asked)
    const { status = 200, body, headers } = answer(asked)
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
    })
  })
  return all
}

/** Shows a part of a page in Finnish, to the person, at an address. */
export async function show(part: ReactNode, me: Me = personWith('trainee')) {
  localStorage.setItem('luotsi:language', 'fi')
  await startTexts()
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retryDelay: 1 } },
  })
  queries.setQueryData(meQuery.queryKey, me)
  const root = createRootRoute()
  const here = createRoute({ getParentRoute: () => root, path: '/', component: () => part })
  const elsewhere = createRoute({ getParentRoute: () => root, path: '$', component: () => <h1>Muualla</h1> })
  const router = createRouter({
    routeTree: root.addChildren([here, elsewhere]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  })
  await router.load()
  const screen = render(
    <QueryClientProvider client={queries}>
      {/* biome-ignore lint/suspicious/noExplicitAny: a router of two routes stands in for the whole one */}
      <RouterProvider router={router as any} />
    </QueryClientProvider>,
  )
  return { screen, router, queries }
}
