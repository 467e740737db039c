import { forgetLocally, keepLate, keptLocally } from '../../shared/drafts/local'
import type { Attempt, Question, QuizAnswer } from './api'
import { type Answers, attemptOf } from './quizAnswers'

/**
 * Answers that were typed here for an attempt which is over now are kept apart, to be read: they can not be sent any
 * more, and must not become a draft of the next attempt.
 */
export function setAsideLate(person: string, subject: string, open: string | undefined): void {
  const kept = keptLocally(person, subject)
  const attempt = kept && attemptOf(kept.text)
  if (kept === undefined || attempt === undefined || attempt === open) return
  if (!kept.saved) keepLate(person, subject, kept.text)
  forgetLocally(person, subject)
}

/** The answers in a request that handed them in. */
export function answersIn(body: string): Answers {
  const { answers } = JSON.parse(body) as { answers: QuizAnswer[] }
  return Object.fromEntries(
    answers.map(({ question, options, text }) => [question, options.length > 0 ? options : text]),
  )
}

/** The answers that are not those of the attempt; nothing when it has them all. */
export function missedBy(answers: Answers, attempt: Attempt | undefined): string[] {
  const counted = new Map(attempt?.answers.map((answer) => [answer.question, answer]))
  return Object.keys(answers).filter((question) => {
    const answer = answers[question] ?? ''
    const got = counted.get(question)
    return typeof answer === 'string'
      ? answer.trim() !== (got?.text ?? '')
      : [...answer].sort().join(' ') !== [...(got?.chosen ?? [])].sort().join(' ') ||
          (isOrdered(attempt?.questions, question) && answer.join(' ') !== got?.chosen.join(' '))
  })
}

function isOrdered(questions: readonly Question[] | undefined, id: string): boolean {
  const type = questions?.find((question) => question.id === id)?.type
  return type === 'ordering' || type === 'matching'
}
