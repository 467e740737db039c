import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Button,
  Dropdown,
  DropdownItem,
  RadioButton,
  RadioButtonGroup,
  Textarea,
} from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import type { Write } from '../../shared/http/useWrite'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import { Dialog } from '../../shared/ui/Dialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import type { Learner } from './api'
import {
  type CreditKind,
  type Decision,
  useCompensate,
  useCredit,
  useWithdraw,
  type Withdrawable,
} from './decisionsApi'

const KINDS = ['prior_learning', 'compensating'] as const satisfies readonly CreditKind[]

type Props = { cohort: string; learner: Learner; onClose: () => void; onDone: (said: string) => void }

export type Choice = { id: string; title: string }

/** A module that the learner need not do: why, and of what kind the reason is. */
export function CreditDialog({
  cohort,
  learner,
  modules,
  onClose,
  onDone,
}: Props & { modules: readonly Choice[] }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<CreditKind>('prior_learning')
  const credit = useCredit({ cohort, person: learner.person }, () => onDone(t('decisions.credited')))
  return (
    <ReasonDialog
      title={t('decisions.credit')}
      text={t('decisions.creditText')}
      choice={t('decisions.module')}
      choices={modules}
      write={credit}
      confirm={t('decisions.credit')}
      onConfirm={(module, basis) => credit.start({ module, kind, basis })}
      onClose={onClose}
    >
      <RadioButtonGroup
        labelText={t('decisions.kind')}
        name="kind"
        value={kind}
        onChange={(value) => setKind(KINDS.find((one) => one === value) ?? kind)}
      >
        {KINDS.map((one) => (
          <RadioButton key={one} value={one}>
            {t(`decisions.kinds.${one}`)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
    </ReasonDialog>
  )
}

/** A missed contact day that counts because of something else the learner did. */
export function CompensateDialog({
  cohort,
  learner,
  days,
  onClose,
  onDone,
}: Props & { days: readonly Choice[] }) {
  const { t } = useTranslation()
  const compensate = useCompensate({ cohort, person: learner.person }, () => onDone(t('decisions.madeGood')))
  return (
    <ReasonDialog
      title={t('decisions.compensate')}
      text={t('decisions.compensateText')}
      choice={t('decisions.day')}
      choices={days}
      write={compensate}
      confirm={t('decisions.compensate')}
      onConfirm={(activity, basis) => compensate.start({ activity, basis })}
      onClose={onClose}
    />
  )
}

/** One thing to choose and a reason: what both sorts of decisions ask for. */
function ReasonDialog({
  title,
  text,
  choice,
  choices,
  write,
  confirm,
  onConfirm,
  onClose,
  children,
}: {
  title: string
  text: string
  choice: string
  choices: readonly Choice[]
  write: Write<never, unknown>
  confirm: string
  onConfirm: (chosen: string, reason: string) => void
  onClose: () => void
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState(choices[0]?.id ?? '')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const status = useFieldStatus(write.problem)
  const said = reason.trim()
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={write.busy}
            onClick={() => {
              setAsked(true)
              if (said !== '') onConfirm(chosen, said)
            }}
          >
            {confirm}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      <div className="form">
        <Dropdown labelText={choice} fullWidth value={chosen} onChange={setChosen}>
          {choices.map((one) => (
            <DropdownItem key={one.id} value={one.id}>
              {one.title}
            </DropdownItem>
          ))}
        </Dropdown>
        {children}
        <Textarea
          labelText={t('decisions.reason')}
          hintText={t('decisions.reasonHint')}
          fullWidth
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          {...(asked && said === ''
            ? { status: 'error', statusText: t('fieldProblems.required') }
            : status('basis'))}
        />
      </div>
      <WriteNotice write={write} />
    </Dialog>
  )
}

/** What was decided for the learner's good counts no more. */
export function WithdrawDialog({
  cohort,
  learner,
  kind,
  decision,
  onClose,
  onDone,
}: Props & { kind: Withdrawable; decision: Decision }) {
  const { t } = useTranslation()
  const withdraw = useWithdraw({ cohort, person: learner.person }, kind, decision.target, () =>
    onDone(t(`decisions.withdraw.${kind}.done`)),
  )
  return (
    <ConfirmDialog
      title={t(`decisions.withdraw.${kind}.title`, { title: decision.title })}
      text={t(`decisions.withdraw.${kind}.text`)}
      confirm={t(`decisions.withdraw.${kind}.button`)}
      keep={t('common.leave')}
      write={withdraw}
      onConfirm={() => withdraw.start(undefined)}
      onClose={onClose}
    />
  )
}
