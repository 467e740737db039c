/** A value, or that the person does not want to answer; a question that is not there is blank. */
export type Answer = number | 'refused'
export type Answers = Readonly<Record<string, Answer>>

type Item = { readonly id: string; readonly values: readonly number[] }
type Sent = { item: string; value?: number; refused?: boolean }

/** Reads a draft. What the questions do not know (any more) is left out; a broken draft is an empty one. */
export function readAnswers(draft: string, items: readonly Item[]): Answers {
  let kept: Record<string, unknown>
  try {
    kept = Object(JSON.parse(draft)) as Record<string, unknown>
  } catch {
    return {}
  }
  const answers: Record<string, Answer> = {}
  for (const { id, values } of items) {
    const answer = kept[id]
    if (answer === 'refused') answers[id] = answer
    else if (typeof answer === 'number' && values.includes(answer)) answers[id] = answer
  }
  return answers
}

export function writeAnswers(answers: Answers): string {
  return Object.keys(answers).length === 0 ? '' : JSON.stringify(answers)
}

/** Changes one answer; undefined leaves the question blank. */
export function answering(answers: Answers, item: string, answer: Answer | undefined): Answers {
  const { [item]: _, ...others } = answers
  return answer === undefined ? others : { ...others, [item]: answer }
}

/** The numbers of the questions that are blank, from 1. */
export function blanks(items: readonly Item[], answers: Answers): number[] {
  return items.flatMap(({ id }, index) => (answers[id] === undefined ? [index + 1] : []))
}

/** The answers as the server takes them, in the order of the questions. */
export function toSend(items: readonly Item[], answers: Answers): Sent[] {
  return items.flatMap(({ id }): Sent[] => {
    const answer = answers[id]
    if (answer === undefined) return []
    return answer === 'refused' ? [{ item: id, refused: true }] : [{ item: id, value: answer }]
  })
}

/** The answers as the server gives them. */
export function fromServer(sent: readonly Sent[]): Answers {
  const answers: Record<string, Answer> = {}
  for (const { item, value, refused } of sent) {
    if (refused) answers[item] = 'refused'
    else if (value !== undefined) answers[item] = value
  }
  return answers
}
