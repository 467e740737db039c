import { useTranslation } from 'react-i18next'
import { useProblemText } from '../http/useProblemText'
import type { Write } from '../http/useWrite'
import { Notice } from './states'

/** What became of a write that is not simply done: waiting for the server to come back, or refused and why. */
export function WriteNotice({ write }: { write: Pick<Write<never, unknown>, 'waiting' | 'problem'> }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  if (write.waiting) return <Notice kind="warning" live title={t('common.notSavedYet')} />
  if (write.problem !== undefined) return <Notice kind="bad" live title={problemText(write.problem)} />
  return null
}
