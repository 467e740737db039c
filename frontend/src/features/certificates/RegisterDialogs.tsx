import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup, Textarea } from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import { Dialog } from '../../shared/ui/Dialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { REASONS, type Registered, useReissue, useRevoke, type Why } from './registerApi'

type Props = {
  cohort: string
  certificate: Registered
  onClose: () => void
  onDone: (number: string) => void
}

/** Takes a certificate back, after saying what that does. */
export function RevokeDialog({ cohort, certificate, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const [why, setWhy] = useState<Why>('error')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const revoke = useRevoke(cohort, certificate.number, onDone)
  const status = useFieldStatus(revoke.problem)
  const said = reason.trim()
  return (
    <Dialog
      title={t('register.revokeTitle', { name: certificate.name || t('register.erased') })}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={revoke.busy}
            onClick={() => {
              setAsked(true)
              if (said !== '') revoke.start({ why, reason: said })
            }}
          >
            {t('register.revoke')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.leave')}
          </Button>
        </>
      }
    >
      <p>{t('register.revokeText', { number: certificate.number })}</p>
      <p className="quiet">{t('register.nameHelp')}</p>
      <div className="form">
        <RadioButtonGroup
          labelText={t('register.why')}
          name="why"
          value={why}
          onChange={(value) => setWhy(REASONS.find((one) => one === value) ?? why)}
        >
          {REASONS.map((one) => (
            <RadioButton
              key={one}
              value={one}
              {...(one === 'error' && { hintText: t('register.errorHint') })}
            >
              {t(`register.reasons.${one}`)}
            </RadioButton>
          ))}
        </RadioButtonGroup>
        <Textarea
          labelText={t('decisions.reason')}
          hintText={t('decisions.reasonHint')}
          fullWidth
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          {...(asked && said === ''
            ? { status: 'error', statusText: t('fieldProblems.required') }
            : status('reason'))}
        />
      </div>
      <WriteNotice write={revoke} />
    </Dialog>
  )
}

/** Issues another certificate in place of one that was issued in error. */
export function ReissueDialog({ cohort, certificate, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const reissue = useReissue(cohort, certificate.number, onDone)
  return (
    <ConfirmDialog
      title={t('register.reissueTitle', { name: certificate.name })}
      text={t('register.reissueText', { number: certificate.number })}
      confirm={t('register.reissue')}
      write={reissue}
      onConfirm={() => reissue.start(undefined)}
      onClose={onClose}
    />
  )
}
