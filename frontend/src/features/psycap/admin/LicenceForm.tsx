import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextInput } from 'suomifi-ui-components'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { DayField } from '../../../shared/ui/DayField'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Instrument, useRecordLicence } from './api'

/** What an organisation was allowed, by whom, and until when. */
export function LicenceForm({
  org,
  instrument,
  onDone,
  onClose,
}: {
  org: string
  instrument: Instrument
  onDone: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [holder, setHolder] = useState(instrument.licence?.holder ?? '')
  const [scope, setScope] = useState(instrument.licence?.scope ?? '')
  const [ends, setEnds] = useState<string | undefined>(instrument.licence?.ends)
  const [asked, setAsked] = useState(false)
  const record = useRecordLicence(org, instrument.id, onDone)
  const fieldStatus = useFieldStatus(record.problem)
  const required = (text: string, name: string) =>
    asked && text.trim() === ''
      ? { status: 'error' as const, statusText: t('fieldProblems.required') }
      : fieldStatus(name)
  const days = fieldStatus('ends')
  const wrongDay =
    asked && ends === undefined
      ? t('fieldProblems.date')
      : days.status === 'error'
        ? days.statusText
        : undefined
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (holder.trim() === '' || scope.trim() === '' || ends === undefined) return
        record.start({ holder: holder.trim(), scope: scope.trim(), ends })
      }}
    >
      <TextInput
        labelText={t('instruments.licenceHolder')}
        hintText={t('instruments.licenceHolderHint')}
        fullWidth
        value={holder}
        onChange={(value) => setHolder(String(value ?? ''))}
        {...required(holder, 'holder')}
      />
      <TextInput
        labelText={t('instruments.scope')}
        hintText={t('instruments.scopeHint')}
        fullWidth
        value={scope}
        onChange={(value) => setScope(String(value ?? ''))}
        {...required(scope, 'scope')}
      />
      <DayField
        label={t('instruments.ends')}
        day={ends}
        onDay={setEnds}
        {...(wrongDay && { wrong: wrongDay })}
      />
      <WriteNotice write={record} />
      <div className="row">
        <Button type="submit" aria-disabled={record.busy}>
          {t('instruments.saveLicence')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
