import { useTranslation } from 'react-i18next'

/** What the two options of a statement are called. */
export function useTruth(): (id: string) => string {
  const { t } = useTranslation()
  return (id) => t(id === 'true' ? 'quiz.true' : 'quiz.false')
}
