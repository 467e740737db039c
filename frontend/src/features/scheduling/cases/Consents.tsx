import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { DayField } from '../../../shared/ui/DayField'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import {
  type CaseFile,
  type Consent,
  RECIPIENTS,
  USES,
  type Use,
  useRecordConsent,
  useWithdrawConsent,
} from './api'
import { useActorName, useUseName } from './names'

/** Whom the client lets read, for what, and until when. */
export function Consents({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Consent>()
  const withdraw = useWithdrawConsent(file.id, () => setEnding(undefined))
  return (
    <section className="stack" aria-labelledby="consents">
      <div className="row row-between">
        <h2 id="consents">{t('cases.consents')}</h2>
        {!adding && file.closed === undefined && (
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t('cases.addConsent')}
          </Button>
        )}
      </div>
      {adding && <ConsentForm file={file} onClose={() => setAdding(false)} />}
      {file.consents.length === 0 ? (
        <p className="card">{t('cases.noConsents')}</p>
      ) : (
        <ul className="plain-list stack-small">
          {file.consents.map((one) => (
            <ConsentLine
              key={one.id}
              consent={one}
              onWithdraw={() => {
                withdraw.reset()
                setEnding(one)
              }}
            />
          ))}
        </ul>
      )}
      {ending && (
        <ConfirmDialog
          title={t('cases.withdrawTitle')}
          text={t('cases.withdrawText')}
          confirm={t('cases.withdraw')}
          write={withdraw}
          onConfirm={() => withdraw.start(ending.id)}
          onClose={() => setEnding(undefined)}
        />
      )}
    </section>
  )
}

function ConsentLine({ consent, onWithdraw }: { consent: Consent; onWithdraw: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const actorName = useActorName()
  const nameOfUse = useUseName()
  const recipient = consent.name || actorName(consent.recipient)
  return (
    <li className="consent">
      <span className="consent-who">
        <strong>{recipient}</strong>
        <span>{nameOfUse(consent.use)}</span>
        <span className="quiet">
          {t('cases.recorded', { day: shortDay(dayOf(consent.at), language), by: consent.by })}
          {consent.until && ` · ${t('cases.until', { day: shortDay(consent.until, language) })}`}
          {consent.withdrawn &&
            ` · ${t('cases.withdrawnOn', { day: shortDay(dayOf(consent.withdrawn), language) })}`}
        </span>
      </span>
      <span className={consent.holds ? 'tag tag-good' : 'tag'}>
        {t(consent.holds ? 'cases.holds' : consent.withdrawn ? 'cases.withdrawn' : 'cases.expired')}
      </span>
      {consent.holds && (
        <Button
          variant="secondaryNoBorder"
          aria-label={t('cases.withdrawNamed', { name: recipient })}
          onClick={onWithdraw}
        >
          {t('cases.withdraw')}
        </Button>
      )}
    </li>
  )
}

function ConsentForm({ file, onClose }: { file: CaseFile; onClose: () => void }) {
  const { t } = useTranslation()
  const actorName = useActorName()
  const nameOfUse = useUseName()
  const people = new Map(
    file.meetings.flatMap((meeting) =>
      meeting.participants.map((one) => [one.person, `${one.name}, ${actorName(one.role)}`] as const),
    ),
  )
  for (const { doctor } of file.consultations) {
    if (doctor) people.set(doctor.person, `${doctor.name}, ${actorName('doctor')}`)
  }
  people.delete(file.owner)
  const [recipient, setRecipient] = useState<string>('doctor')
  const [use, setUse] = useState<Use>('joint_appointment')
  const [until, setUntil] = useState<string>()
  const record = useRecordConsent(file.id, onClose)
  const fieldStatus = useFieldStatus(record.problem)
  const untilProblem = fieldStatus('until')
  return (
    <form
      className="card hours-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        record.start({ recipient, use, ...(until && { until }) })
      }}
    >
      <Dropdown
        labelText={t('cases.recipient')}
        fullWidth
        value={recipient}
        onChange={setRecipient}
        {...fieldStatus('recipient')}
      >
        {[
          ...RECIPIENTS.map((role) => [role, t('cases.everyone', { role: actorName(role) })] as const),
          ...people,
        ].map(([value, name]) => (
          <DropdownItem key={value} value={value}>
            {name}
          </DropdownItem>
        ))}
      </Dropdown>
      <Dropdown
        labelText={t('cases.use')}
        fullWidth
        value={use}
        onChange={(value) => setUse(USES.find((one) => one === value) ?? 'joint_appointment')}
      >
        {USES.map((one) => (
          <DropdownItem key={one} value={one}>
            {nameOfUse(one)}
          </DropdownItem>
        ))}
      </Dropdown>
      <DayField
        label={t('cases.untilLabel')}
        day={until}
        optional
        onDay={setUntil}
        {...(untilProblem.status === 'error' && { wrong: untilProblem.statusText })}
      />
      <div className="hours-form-end">
        <WriteNotice write={record} />
        <div className="row">
          <Button type="submit" aria-disabled={record.busy}>
            {t('common.save')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}
