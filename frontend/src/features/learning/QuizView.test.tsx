import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { type Asked, serve, show } from '../../test-page'
import type { Activity, Attempt, Quiz } from './api'
import { QuizView } from './QuizView'

const quiz: Quiz = {
  pass: 2,
  max: 3,
  count: 3,
  bank: 3,
  needsStart: false,
  timeLimit: 0,
  limit: 0,
  left: 0,
  waits: false,
  history: [],
  attempts: 0,
  questions: [
    {
      id: 'q1',
      type: 'single',
      points: 1,
      lefts: [],
      text: 'Mitä työkyky on?',
      options: [
        { id: 'a', text: 'Terveyttä' },
        { id: 'b', text: 'Tasapainoa' },
      ],
    },
    {
      id: 'q2',
      type: 'multiple',
      points: 1,
      lefts: [],
      text: 'Mitkä ovat kerroksia?',
      options: [
        { id: 'a', text: 'Osaaminen' },
        { id: 'b', text: 'Palkka' },
        { id: 'c', text: 'Terveys' },
      ],
    },
    { id: 'q3', type: 'text', points: 1, lefts: [], text: 'Kuka on tiimissä?', options: [] },
  ],
}

const reload = () => Promise.resolve()

function activity(part: Partial<Activity> = {}): Activity {
  return {
    id: 'm1-q',
    course: 'kurssi',
    kind: 'quiz',
    module: 'm1',
    moduleTitle: 'Työkyky',
    title: 'Testi',
    minutes: 10,
    html: '',
    language: 'fi',
    fallback: false,
    done: false,
    state: 'not_started',
    requires: 'pass',
    percent: 10,
    draft: { rev: 0, text: '' },
    quiz,
    ...part,
  }
}

function attempt(points: number, passed: boolean): Attempt {
  return {
    id: `attempt-${points}`,
    at: '2026-11-24T07:00:00Z',
    points,
    max: 3,
    pass: 2,
    passed,
    waits: false,
    questions: quiz.questions,
    answers: [
      {
        question: 'q1',
        correct: true,
        points: 1,
        max: 1,
        waits: false,
        right: ['b'],
        chosen: ['b'],
        text: '',
        options: [
          { id: 'a', correct: false, feedback: '' },
          { id: 'b', correct: true, feedback: 'Juuri näin.' },
        ],
      },
      {
        question: 'q2',
        correct: false,
        points: 0,
        max: 1,
        waits: false,
        right: ['a', 'c'],
        chosen: ['b'],
        text: '',
        options: [
          { id: 'a', correct: true, feedback: '' },
          { id: 'b', correct: false, feedback: 'Palkka ei ole kerros.' },
          { id: 'c', correct: true, feedback: '' },
        ],
      },
      {
        question: 'q3',
        correct: true,
        points: 1,
        max: 1,
        waits: false,
        right: [],
        chosen: [],
        text: 'lääkäri',
        options: [],
        feedback: 'Lääkäri käy hyvin.',
      },
    ],
  }
}

function quizServer(given: Attempt): Asked[] {
  return serve(({ method, path }) => {
    if (path.startsWith('/api/drafts/')) return { body: { rev: 1 } }
    if (method === 'POST' && path.endsWith('/attempts')) {
      return {
        status: 201,
        body: { attempt: given, progress: { percent: 20, done: 2, total: 10, modulePercent: 40 } },
      }
    }
    return { status: 204 }
  })
}

test('answers are saved as they are given, sent, and come back with feedback for each', async () => {
  const asked = quizServer(attempt(2, true))
  const user = userEvent.setup()
  await show(<QuizView activity={activity()} reload={reload} />)

  await user.click(screen.getByRole('radio', { name: 'Tasapainoa' }))
  await user.click(screen.getByRole('checkbox', { name: 'Palkka' }))
  await user.type(screen.getByRole('textbox', { name: 'Vastauksesi' }), 'lääkäri')
  await waitFor(
    () => {
      // Who is slow to answer is saved more than once on the way.
      const saved = asked.filter((one) => one.path === '/api/drafts/kurssi.m1-q').at(-1)
      const text = (saved?.body as { text: string } | undefined)?.text
      expect(JSON.parse(text ?? '{}')).toEqual({ q1: ['b'], q2: ['b'], q3: 'lääkäri' })
      expect(screen.getByText('✓ Luonnos tallennettu')).toBeTruthy()
    },
    { timeout: 20_000 },
  )

  await user.click(screen.getByRole('button', { name: 'Tarkista vastaukset' }))
  expect(await screen.findByRole('heading', { name: 'Sait 2/3 pistettä' })).toBeTruthy()
  const sent = asked.find((one) => one.path.endsWith('/attempts'))
  expect(sent?.body).toEqual({
    answers: [
      { question: 'q1', options: ['b'], text: '' },
      { question: 'q2', options: ['b'], text: '' },
      { question: 'q3', options: [], text: 'lääkäri' },
    ],
  })
  expect(sent?.headers.get('Idempotency-Key')).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
  expect(screen.getByText('Juuri näin.')).toBeTruthy()
  expect(screen.getByText('Palkka ei ole kerros.')).toBeTruthy()
  expect(screen.getByText('Lääkäri käy hyvin.')).toBeTruthy()
})

test('questions without an answer are named, and nothing is sent', async () => {
  const asked = quizServer(attempt(0, false))
  const user = userEvent.setup()
  await show(<QuizView activity={activity()} reload={reload} />)
  await user.click(screen.getByRole('checkbox', { name: 'Osaaminen' }))
  await user.click(screen.getByRole('button', { name: 'Tarkista vastaukset' }))
  expect(await screen.findByText('Vastaa vielä kysymyksiin 1, 3.')).toBeTruthy()
  const first = screen.getByRole('group', { name: /Mitä työkyky on/ })
  expect(within(first).getByText('Vastaa tähän kysymykseen.')).toBeTruthy()
  expect(document.activeElement).toBe(within(first).getAllByRole('radio')[0])
  expect(asked.some((one) => one.path.endsWith('/attempts'))).toBe(false)
})

test('a draft from another device is there when the page opens', async () => {
  quizServer(attempt(0, false))
  await show(
    <QuizView
      activity={activity({ draft: { rev: 4, text: '{"q1":["a"],"q3":"hoitaja"}' } })}
      reload={reload}
    />,
  )
  expect((screen.getByRole('radio', { name: 'Terveyttä' }) as HTMLInputElement).checked).toBe(true)
  expect((screen.getByRole('textbox', { name: 'Vastauksesi' }) as HTMLTextAreaElement).value).toBe('hoitaja')
})

test('after a failed attempt one can try again, from nothing', async () => {
  quizServer(attempt(1, false))
  const user = userEvent.setup()
  const tried = { ...quiz, last: attempt(1, false), attempts: 1 }
  await show(<QuizView activity={activity({ quiz: tried })} reload={reload} />)
  expect(screen.getByText(/Läpäisyyn tarvitaan 2 pistettä/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Jatka seuraavaan' })).toBeNull()
  const [again, afterReview] = screen.getAllByRole('button', { name: 'Yritä uudelleen' })
  expect(again && afterReview).toBeTruthy()
  if (afterReview) await user.click(afterReview)
  expect((screen.getByRole('radio', { name: 'Tasapainoa' }) as HTMLInputElement).checked).toBe(false)
})
