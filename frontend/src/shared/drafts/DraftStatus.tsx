import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { useProblemText } from '../http/useProblemText'
import { Notice } from '../ui/states'
import type { DraftKeeper, DraftState } from './keeper'
import './drafts.css'

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
        <div className="draft-choice">
          <section aria-label={t('drafts.mine')}>
            <h3>{t('drafts.mine')}</h3>
            <div className="draft-text">{show(text)}</div>
            <Button variant="secondary" onClick={() => keeper.keepMine()}>
              {t('drafts.keepMine')}
            </Button>
          </section>
          <section aria-label={t('drafts.theirs')}>
            <h3>{t('drafts.theirs')}</h3>
            <div className="draft-text">{show(status.theirs.text)}</div>
            <Button variant="secondary" onClick={() => keeper.takeTheirs()}>
              {t('drafts.takeTheirs')}
            </Button>
          </section>
        </div>
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
