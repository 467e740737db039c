import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components'
import { Dialog } from '../../shared/ui/Dialog'
import { Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Appointment, REASONS, type Reason, useCancel } from './api'
import { useReasonName } from './names'
import { wouldBeLate } from './permissions'
import { When } from './When'

export function CancelDialog({ appointment, onClose }: { appointment: Appointment; onClose: () => void }) {
  const { t } = useTranslation()
  const reasonName = useReasonName()
  const [reason, setReason] = useState<Reason>()
  const [asked, setAsked] = useState(false)
  const cancel = useCancel(appointment.id, onClose)
  return (
    <Dialog
      title={t('scheduling.cancelTitle')}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={cancel.busy}
            onClick={() => {
              setAsked(true)
              if (reason) cancel.start(reason)
            }}
          >
            {t('scheduling.cancelConfirm')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('scheduling.keep')}
          </Button>
        </>
      }
    >
      <p className="book-when">
        <When slot={appointment} />
      </p>
      <p>{t('scheduling.cancelText')}</p>
      {wouldBeLate(appointment, new Date()) && <Notice kind="warning" title={t('appointment.lateWarning')} />}
      <RadioButtonGroup
        labelText={t('scheduling.reason')}
        name="reason"
        value={reason}
        onChange={(value) => setReason(REASONS.find((one) => one === value))}
        {...(asked && !reason && { groupStatus: 'error', groupStatusText: t('scheduling.chooseReason') })}
      >
        {REASONS.map((one) => (
          <RadioButton key={one} value={one}>
            {reasonName(one)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <WriteNotice write={cancel} />
    </Dialog>
  )
}
