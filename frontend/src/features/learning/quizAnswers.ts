import type { Question, QuizAnswer } from './api'

/** What a person has answered so far: chosen options of choice questions, the text of the others. */
export type Answers = Record<string, string[] | string>

/** Reads a quiz draft. What the questions do not know (any more) is left out; a broken draft is an empty one. */
export function readAnswers(draft: string, questions: readonly Question[]): Answers {
  let stored: unknown
  try {
    stored = JSON.parse(draft)
  } catch {
    return {}
  }
  if (typeof stored !== 'object' || stored === null) return {}
  const answers: Answers = {}
  for (const question of questions) {
    const answer = (stored as Record<string, unknown>)[question.id]
    if (question.type === 'text') {
      if (typeof answer === 'string') answers[question.id] = answer
    } else if (Array.isArray(answer)) {
      const known = question.options.map((option) => option.id).filter((id) => answer.includes(id))
      if (known.length > 0) answers[question.id] = question.type === 'single' ? known.slice(0, 1) : known
    }
  }
  return answers
}

export function writeAnswers(answers: Answers): string {
  return Object.keys(answers).length === 0 ? '' : JSON.stringify(answers)
}

export function isAnswered(answer: string[] | string | undefined): boolean {
  return typeof answer === 'string' ? answer.trim() !== '' : answer !== undefined && answer.length > 0
}

/** The questions without an answer, in the order they are asked. */
export function unanswered(questions: readonly Question[], answers: Answers): Question[] {
  return questions.filter((question) => !isAnswered(answers[question.id]))
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
