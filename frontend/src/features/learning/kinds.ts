import { useTranslation } from 'react-i18next'

export function useKindName(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => {
    if (kind === 'quiz') return t('learning.kinds.quiz')
    if (kind === 'task') return t('learning.kinds.task')
    return t('learning.kinds.lesson')
  }
}
