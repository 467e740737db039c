import { useTranslation } from 'react-i18next'
import type { Write } from '../../shared/http/useWrite'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import type { Unsent } from './useLeave'

type Props = {
  unsent: Unsent
  write: Pick<Write<never, unknown>, 'busy' | 'waiting' | 'problem'>
  onConfirm: () => void
  onClose: () => void
}

/** Names what is not sent yet before signing out deletes it. */
export function LeaveDialog({ unsent, ...props }: Props) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('unsent.leaveTitle')}
      text={t('unsent.leaveText', { count: unsent.length })}
      confirm={t('unsent.leave')}
      {...props}
    >
      <ul>
        {unsent.map(({ id, kind, title }) => (
          <li key={id}>
            {title ?? t('unsent.activity')}: {t(`unsent.${kind}`)}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}
