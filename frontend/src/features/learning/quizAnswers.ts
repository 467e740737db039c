import type { Question, QuizAnswer } from './api'

/**
 * What a person has answered so far: the options chosen, all items in order, the right of each left ('' where none is
 * chosen yet), or a text.
 */
export type Answer = string[] | string
export type Answers = Record<string, Answer>

/** The key of a draft that says which attempt it is of; no question has such an id. The server reads it too. */
const ATTEMPT = '_attempt'

/**
 * Reads a quiz draft. What the questions do not know (any more) is left out; a broken draft, or one of another attempt,
 * is an empty one.
 */
export function readAnswers(draft: string, questions: readonly Question[], attempt?: string): Answers {
  const kept = parsed(draft)
  if (kept[ATTEMPT] !== attempt) return {}
  const answers: Answers = {}
  for (const question of questions) {
    const answer = fitting(question, kept[question.id])
    if (answer !== undefined) answers[question.id] = answer
  }
  return answers
}

/** The attempt that a draft names; nothing when it names none. */
export function attemptOf(draft: string): string | undefined {
  const attempt = parsed(draft)[ATTEMPT]
  return typeof attempt === 'string' ? attempt : undefined
}

/** All that a draft answers, whatever the questions are by now. */
export function readDraft(draft: string): Answers {
  const answers: Answers = {}
  for (const [id, answer] of Object.entries(parsed(draft))) {
    if (id === ATTEMPT) continue
    if (typeof answer === 'string') answers[id] = answer
    else if (Array.isArray(answer)) answers[id] = answer.map(String)
  }
  return answers
}

function parsed(draft: string): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(draft)
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function fitting(question: Question, answer: unknown): Answer | undefined {
  if (isWritten(question)) return typeof answer === 'string' ? answer : undefined
  if (!Array.isArray(answer)) return undefined
  const ids = question.options.map((option) => option.id)
  switch (question.type) {
    case 'matching': {
      const rights = question.lefts.map((_, place) =>
        ids.includes(answer[place]) ? String(answer[place]) : '',
      )
      return rights.some((right) => right !== '') ? rights : undefined
    }
    case 'ordering':
      return ids.length === answer.length && ids.every((id) => answer.includes(id)) ? answer : undefined
    default: {
      const known = ids.filter((id) => answer.includes(id))
      if (known.length === 0) return undefined
      return question.type === 'multiple' ? known : known.slice(0, 1)
    }
  }
}

/** Questions that are answered by writing. */
function isWritten(question: Question): boolean {
  return question.type === 'text' || question.type === 'open' || question.type === 'numeric'
}

export function writeAnswers(answers: Answers, attempt?: string): string {
  if (Object.keys(answers).length === 0) return ''
  return JSON.stringify(attempt === undefined ? answers : { [ATTEMPT]: attempt, ...answers })
}

/** A number as people write it, with a comma or a point; the server reads the same. */
export function isNumber(text: string): boolean {
  return /^[-+−]?(\d[\s\u00a0\u202f]?)*(\d[.,]\d*|[.,]\d+|\d)$/.test(text.trim())
}

/** Whether something is answered at all; what is kept of a question and what is not. */
export function isBegun(answer: Answer): boolean {
  return typeof answer === 'string' ? answer.trim() !== '' : answer.some((one) => one !== '')
}

function isAnswered(question: Question, answer: Answer | undefined): boolean {
  if (answer === undefined || !isBegun(answer)) return false
  if (typeof answer === 'string') return question.type !== 'numeric' || isNumber(answer)
  return question.type !== 'matching' || answer.every((right) => right !== '')
}

/** The questions without a whole answer, in the order they are asked. */
export function unanswered(questions: readonly Question[], answers: Answers): Question[] {
  return questions.filter((question) => !isAnswered(question, answers[question.id]))
}

/** The answers as the server takes them: every question exactly once. */
export function toSend(questions: readonly Question[], answers: Answers): QuizAnswer[] {
  return questions.map((question) => {
    const answer = answers[question.id]
    return typeof answer === 'string'
      ? { question: question.id, options: [], text: answer.trim() }
      : { question: question.id, options: answer ?? [], text: '' }
  })
}

/** What was answered, in words: for a choice between two drafts. */
export function answerInWords(
  question: Question,
  answer: Answer | undefined,
  truth: (id: string) => string,
): string {
  if (answer === undefined || typeof answer === 'string') return answer ?? ''
  const named = (id: string) =>
    question.type === 'true_false'
      ? truth(id)
      : (question.options.find((option) => option.id === id)?.text ?? '')
  if (question.type === 'matching') {
    return question.lefts
      .map((left, place) => `${left.text}: ${named(answer[place] ?? '') || '–'}`)
      .join('; ')
  }
  return answer.map(named).join('; ')
}
