import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { SuomifiThemeProvider } from 'suomifi-ui-components'
import { onSignedOut } from '../shared/http/onSignedOut'
import { asProblem } from '../shared/http/problem'
import { forgetAnswers } from '../shared/session/me'
import { makeRouter } from './router'
import { theme } from './theme'

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => asProblem(error).temporary && failures < 3,
        retryDelay: (failures, error) => (asProblem(error).retryAfter ?? Math.min(2 ** failures, 10)) * 1000,
        networkMode: 'always',
      },
    },
  })
}

export function App() {
  const [queries] = useState(makeQueryClient)
  const [router] = useState(() => makeRouter(queries))

  useEffect(() => {
    let leaving = false
    return onSignedOut(() => {
      const { pathname, href } = router.state.location
      if (leaving || pathname === '/sign-in') return
      leaving = true
      // The page that still stands needs to know whose it is until it is gone.
      void router.navigate({ to: '/sign-in', search: { return: href } }).finally(() => {
        leaving = false
        forgetAnswers(queries)
      })
    })
  }, [queries, router])

  return (
    <QueryClientProvider client={queries}>
      <SuomifiThemeProvider theme={theme}>
        <RouterProvider router={router} />
      </SuomifiThemeProvider>
    </QueryClientProvider>
  )
}
