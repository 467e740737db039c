import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { serve, show } from '../../test-page'
import type { Activity } from './api'
import { LinkView } from './LinkView'

// The field for a day watches its size, which jsdom does not know.
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})

const reload = () => Promise.resolve()

function elsewhere(part: Partial<Activity> = {}): Activity {
  return {
    id: 'm1-link',
    course: 'kurssi',
    kind: 'link',
    module: 'm1',
    moduleTitle: 'Työkyky',
    title: 'Verkkokurssi',
    minutes: 60,
    html: '',
    language: 'fi',
    fallback: false,
    done: false,
    state: 'not_started',
    requires: 'do',
    percent: 10,
    draft: { rev: 0, text: '' },
    elsewhere: { address: 'https://kurssit.example/kurssi?id=1' },
    ...part,
  }
}

test('the way there names the service and tells it nothing', async () => {
  serve(() => ({ status: 204 }))
  await show(<LinkView activity={elsewhere()} reload={reload} />)
  const way = screen.getByRole('link', { name: 'Avaa palvelu kurssit.example uuteen välilehteen' })
  expect(way.getAttribute('rel')).toBe('noopener noreferrer')
  screen.getByText(/Luotsi ei lähetä palveluun mitään sinusta/)
})

test('without a day nothing is sent, and the field says so', async () => {
  const asked = serve(() => ({ status: 204 }))
  await show(<LinkView activity={elsewhere()} reload={reload} />)
  await userEvent.click(screen.getByRole('button', { name: 'Merkitse tehdyksi' }))
  await screen.findByText('Täytä tämä kohta.')
  expect(asked.filter((one) => one.method !== 'GET')).toEqual([])
})

test('what is done by opening it has no form', async () => {
  serve(() => ({ status: 204 }))
  await show(<LinkView activity={elsewhere({ requires: 'view' })} reload={reload} />)
  expect(screen.queryByRole('button', { name: 'Merkitse tehdyksi' })).toBeNull()
})

test('what is done says on which day, when that is known, and leads on', async () => {
  serve(() => ({ status: 204 }))
  const known = { address: 'https://kurssit.example/', on: '2026-11-20' }
  await show(<LinkView activity={elsewhere({ done: true, elsewhere: known })} reload={reload} />)
  screen.getByText('Teit tämän 20.11.2026')
  screen.getByRole('button', { name: 'Kurssin sivulle' })
  expect(screen.queryByRole('button', { name: 'Merkitse tehdyksi' })).toBeNull()
})

test('something outside the course shows nothing', async () => {
  serve(() => ({ status: 204 }))
  const { elsewhere: _, ...rest } = elsewhere()
  await show(<LinkView activity={rest} reload={reload} />)
  expect(screen.queryByRole('link')).toBeNull()
})
