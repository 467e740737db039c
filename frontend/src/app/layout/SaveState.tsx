import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOffline } from '../../shared/offline/status'

/** Tells a learner whether everything they have done has arrived; what has not is one tap away. */
export function SaveState() {
  const { t } = useTranslation()
  const { away, unstored, writes, drafts } = useOffline()
  const refused =
    writes.filter((entry) => entry.refused).length +
    drafts.filter((draft) => draft.conflict || draft.late).length
  const waiting = writes.length + drafts.length - refused
  return (
    <p className="save-state" role="status">
      {refused > 0 ? (
        <Link to="/unsent">{t('common.notArrived', { count: refused })}</Link>
      ) : waiting > 0 && (away || writes.length > 0) ? (
        <Link to="/unsent">{t('common.waitsForNetwork', { count: waiting })}</Link>
      ) : waiting > 0 ? (
        t('common.saving')
      ) : away ? (
        t(unstored ? 'common.keepOpen' : 'common.noNetwork')
      ) : (
        <>
          <span aria-hidden="true">✓ </span>
          {t('common.saved')}
        </>
      )}
    </p>
  )
}
