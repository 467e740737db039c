import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components'
import { clockRange, dayOf, longDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Dialog } from '../../shared/ui/Dialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Appointment, REASONS, type Reason, useCancel } from './api'
import { useReasonName } from './names'

export function CancelDialog({ appointment, onClose }: { appointment: Appointment; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
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
      <p>
        <strong>
          {t('scheduling.dayAt', {
            day: longDay(dayOf(appointment.start), language),
            range: clockRange(appointment.start, appointment.end, language),
          })}
        </strong>
      </p>
      <p>{t('scheduling.cancelText')}</p>
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
