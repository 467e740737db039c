import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Dialog } from '../../../shared/ui/Dialog'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Reception, type Receptions, useCancelReceptions } from './api'
import { FollowingField } from './FollowingField'
import { following, hoursOf } from './words'

type Props = {
  person: string
  reception: Reception
  all: Reception[]
  onClose: () => void
  onDone: (receptions: Receptions) => void
}

/** Asks before a reception is cancelled, and says how many people that concerns. */
export function CancelReceptionDialog({ person, reception, all, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [more, setMore] = useState(false)
  const cancel = useCancelReceptions(person, onDone)
  const later = following(all, reception)
  const taken = (more ? later : [reception]).reduce((sum, one) => sum + one.taken, 0)
  return (
    <Dialog
      title={t('receptions.cancelTitle')}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={cancel.busy}
            onClick={() => cancel.start({ reception: reception.id, following: more })}
          >
            {more ? t('receptions.cancelMany', { count: later.length }) : t('receptions.cancelOne')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('receptions.keep')}
          </Button>
        </>
      }
    >
      <p className="book-when">
        {weekdayDay(reception.date, language)} {t('receptions.at', { hours: hoursOf(reception, language) })}
      </p>
      <FollowingField count={later.length} value={more} onChange={setMore} />
      <p role="status">
        {taken === 0 ? t('receptions.nobodyHasPlace') : t('receptions.cancelConcerns', { count: taken })}
      </p>
      <WriteNotice write={cancel} />
    </Dialog>
  )
}
