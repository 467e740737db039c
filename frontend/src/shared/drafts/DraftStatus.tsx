import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../http/useProblemText'
import { Notice } from '../ui/states'
import type { DraftKeeper, DraftState } from './keeper'
import { TwoTexts } from './TwoTexts'

type Props = {
  state: DraftState
  keeper: DraftKeeper
  /** How one of two competing texts is shown to the person who must choose. */
  show?: (text: string) => ReactNode
}

/** Tells where the draft is, and asks when another device has saved another text. */
export function DraftStatus({ state, keeper, show = plain }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const { status, text } = state
  if (status.kind === 'conflict') {
    return (
      <Notice kind="warning" live title={t('drafts.conflictTitle')}>
        <p>{t('drafts.conflictText')}</p>
        <TwoTexts
          mine={{
            title: t('drafts.mine'),
            shown: show(text),
            choice: { text: t('drafts.keepMine'), onChoose: () => keeper.keepMine() },
          }}
          theirs={{
            title: t('drafts.theirs'),
            shown: show(status.theirs.text),
            choice: { text: t('drafts.takeTheirs'), onChoose: () => keeper.takeTheirs() },
          }}
        />
      </Notice>
    )
  }
  if (status.kind === 'waiting')
    return <Notice kind="warning" live title={status.unstored ? t('drafts.unstored') : t('drafts.waiting')} />
  if (status.kind === 'refused') {
    return <Notice kind="bad" live title={`${t('drafts.refused')} ${problemText(status.problem)}`} />
  }
  return (
    <p className="draft-status" role="status">
      {status.kind === 'saved' && text !== '' && `✓ ${t('drafts.saved')}`}
      {(status.kind === 'pending' || status.kind === 'saving') && t('drafts.saving')}
    </p>
  )
}

function plain(text: string): ReactNode {
  return <p className="draft-plain">{text}</p>
}
