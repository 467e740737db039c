import { useTranslation } from 'react-i18next'
import type { Problem, WrongField } from './problem'

/** Says in the reader's language what went wrong; a code that this page does not know gets a text by its status. */
export function useProblemText(): (problem: Problem) => string {
  const { t, i18n } = useTranslation()
  return (problem) => {
    const key = `problems.${problem.code}`
    if (i18n.exists(key)) return t(key as 'problems.internal')
    return problem.status >= 400 && problem.status < 500 ? t('problems.refused') : t('problems.internal')
  }
}

type FieldStatus = { status: 'error'; statusText: string } | { status: 'default' }

/** What to show at an input: the server's words about the field of that name. */
export function useFieldStatus(problem: Problem | undefined): (name: string) => FieldStatus {
  const { t, i18n } = useTranslation()
  return (name) => {
    const wrong = problem?.fields.find((field) => fieldMatches(field, name))
    if (wrong === undefined) return { status: 'default' }
    const key = `fieldProblems.${wrong.code}`
    const text = i18n.exists(key)
      ? t(key as 'fieldProblems.max', { limit: wrong.limit ?? '' })
      : t('fieldProblems.other')
    return { status: 'error', statusText: text }
  }
}

function fieldMatches(field: WrongField, name: string): boolean {
  return field.name === name || field.name.startsWith(`${name}.`) || field.name.startsWith(`${name}[`)
}
