import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { serve, show } from '../../test-page'
import type { Question } from './api'
import { Countdown } from './Countdown'
import { QuestionField } from './QuestionField'
import type { Answer } from './quizAnswers'

const items = ['Yksi', 'Kaksi', 'Kolme'].map((text, index) => ({ id: String(index + 1), text }))
const plain = { id: 'q', text: 'Miten?', points: 1, lefts: [], options: items }

function Field({ question, tell }: { question: Question; tell: (answer: Answer) => void }) {
  const [answer, setAnswer] = useState<Answer>()
  return (
    <QuestionField
      question={question}
      number={1}
      of={1}
      answer={answer}
      missing={false}
      onAnswer={(value) => {
        setAnswer(value)
        tell(value)
      }}
    />
  )
}

async function field(question: Question) {
  serve(() => ({ status: 204 }))
  const tell = vi.fn()
  await show(<Field question={question} tell={tell} />)
  return { tell, user: userEvent.setup() }
}

test('an item is moved by keys; the move is told and the focus goes along', async () => {
  const { tell, user } = await field({ ...plain, type: 'ordering' })
  const up = screen.getByRole('button', { name: 'Siirrä ylemmäs: Kolme' })
  up.focus()
  await user.keyboard('{Enter}')
  expect(tell).toHaveBeenLastCalledWith(['1', '3', '2'])
  expect(screen.getByText('Kolme: nyt kohdassa 2/3')).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Siirrä ylemmäs: Kolme' }))
  await user.keyboard('{Enter}')
  expect(tell).toHaveBeenLastCalledWith(['3', '1', '2'])
  // At the top there is only the way down.
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Siirrä alemmas: Kolme' }))
})

test('each left gets its right out of a list', async () => {
  const lefts = [
    { id: 'x', text: 'Vasen' },
    { id: 'y', text: 'Toinen' },
  ]
  const { tell, user } = await field({ ...plain, type: 'matching', lefts })
  await user.selectOptions(screen.getByRole('combobox', { name: 'Toinen' }), 'Kaksi')
  expect(tell).toHaveBeenLastCalledWith(['', '2'])
  await user.selectOptions(screen.getByRole('combobox', { name: 'Vasen' }), 'Kolme')
  expect(tell).toHaveBeenLastCalledWith(['3', '2'])
})

test('a statement is true or not, in the words of the page', async () => {
  const options = [
    { id: 'true', text: '' },
    { id: 'false', text: '' },
  ]
  const { tell, user } = await field({ ...plain, type: 'true_false', options })
  const group = screen.getByRole('group', { name: /Miten/ })
  await user.click(within(group).getByRole('radio', { name: 'Ei pidä paikkaansa' }))
  expect(tell).toHaveBeenLastCalledWith(['false'])
})

test('a number is written with its unit in the label', async () => {
  const { tell, user } = await field({ ...plain, type: 'numeric', unit: '%', options: [] })
  await user.type(screen.getByRole('textbox', { name: 'Vastauksesi numeroina (%)' }), '6,8')
  expect(tell).toHaveBeenLastCalledWith('6,8')
})

const ends = (ms: number) => new Date(Date.now() + ms).toISOString()

test('the time left is shown, and said aloud seldom', async () => {
  serve(() => ({ status: 204 }))
  const onEnd = vi.fn()
  await show(<Countdown ends={ends(299_500)} onEnd={onEnd} />)
  expect(screen.getByRole('timer').textContent).toMatch(/^(5:00|4:5\d)$/)
  expect(screen.getByText('Aikaa on jäljellä 5 minuuttia.')).toBeTruthy()
  expect(onEnd).not.toHaveBeenCalled()
})

test('the end of the time comes once', async () => {
  serve(() => ({ status: 204 }))
  const onEnd = vi.fn()
  await show(<Countdown ends={ends(1_200)} onEnd={onEnd} />)
  await waitFor(() => expect(onEnd).toHaveBeenCalled(), { timeout: 10_000 })
  expect(screen.getByRole('timer').textContent).toBe('0:00')
  expect(onEnd).toHaveBeenCalledTimes(1)
})
