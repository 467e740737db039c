import type { i18n as I18n, TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Problem, WrongField } from './problem'

/** Says in the reader's language what went wrong; a code that this page does not know gets a text by its status. */
export function useProblemText(): (problem: Problem) => string {
  const { t, i18n } = useTranslation()
  return (problem) => {
    const key = `problems.${problem.code}`
    let text: string
    if (i18n.exists(key)) text = t(key as 'problems.internal')
    else if (problem.status >= 400 && problem.status < 500) text = t('problems.refused')
    else text = t('problems.internal')
    // Not every field has an input of its own to be shown at.
    const fields = new Set(problem.fields.map((field) => fieldText(t, i18n, field)))
    return [text, ...fields].join(' ')
  }
}

export type FieldStatus = { status: 'error'; statusText: string } | { status: 'default' }

/** What to show at an input: the server's words about the field of that name. */
export function useFieldStatus(problem: Problem | undefined): (name: string) => FieldStatus {
  const { t, i18n } = useTranslation()
  return (name) => {
    const wrong = problem?.fields.find((field) => isAbout(field, name))
    if (wrong === undefined) return { status: 'default' }
    return { status: 'error', statusText: fieldText(t, i18n, wrong) }
  }
}

function fieldText(t: TFunction, i18n: I18n, field: WrongField): string {
  if (i18n.exists(`fieldProblems.${field.code}`)) {
    return t(`fieldProblems.${field.code}` as 'fieldProblems.max', { limit: field.limit ?? '' })
  }
  // Some fields are refused for a reason that a whole request can be refused for.
  if (i18n.exists(`problems.${field.code}`)) return t(`problems.${field.code}` as 'problems.internal')
  return t('fieldProblems.other')
}

function isAbout(field: WrongField, name: string): boolean {
  return field.name === name || field.name.startsWith(`${name}.`) || field.name.startsWith(`${name}[`)
}
