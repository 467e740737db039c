import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import type { Write } from '../http/useWrite'
import { Dialog } from './Dialog'
import { WriteNotice } from './WriteNotice'

type Props = {
  title: string
  /** What happens, and what does not. */
  text: string
  /** What the main button does, in words. */
  confirm: string
  /** What the other button says, when "cancel" could be taken for the main one. */
  keep?: string
  write: Pick<Write<never, unknown>, 'busy' | 'waiting' | 'problem'>
  onConfirm: () => void
  onClose: () => void
  children?: ReactNode
}

/** Asks before something is taken away. */
export function ConfirmDialog({ title, text, confirm, keep, write, onConfirm, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button aria-disabled={write.busy} onClick={onConfirm}>
            {confirm}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {keep ?? t('common.cancel')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {children}
      <WriteNotice write={write} />
    </Dialog>
  )
}
