import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Button,
  Checkbox,
  Dropdown,
  DropdownItem,
  RadioButton,
  RadioButtonGroup,
} from 'suomifi-ui-components'
import { readClock } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { ClockField } from '../../shared/ui/ClockField'
import { DayField } from '../../shared/ui/DayField'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Purpose, useAddException } from './api'
import { LENGTHS } from './lengths'
import { PurposeField } from './PurposeField'
import { UnitField } from './UnitField'

type Props = {
  person: string
  units: { id: string; name: string }[]
  /** A doctor's hours can be for consultations in writing too. */
  doctor?: boolean
  onClose: () => void
}

const KINDS = ['away', 'extra', 'open'] as const
type Kind = (typeof KINDS)[number]

/** One day that differs: away (all day or some hours), hours besides the weekly ones, or a holiday that is worked. */
export function ExceptionForm({ person, units, doctor = false, onClose }: Props) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>('away')
  const [purpose, setPurpose] = useState<Purpose>('joint')
  const [date, setDate] = useState<string>()
  const [wholeDay, setWholeDay] = useState(true)
  const [from, setFrom] = useState('9.00')
  const [to, setTo] = useState('11.00')
  const [minutes, setMinutes] = useState('45')
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const [asked, setAsked] = useState(false)
  const add = useAddException(person, onClose)
  const dateStatus = useFieldStatus(add.problem)('date')
  const start = readClock(from)
  const end = readClock(to)
  const ordered = start === undefined || end === undefined || start < end
  const hasHours = kind === 'extra' || (kind === 'away' && !wholeDay)

  function send() {
    setAsked(true)
    if (!date) return
    if (!hasHours) {
      add.start({ date, kind })
    } else if (start && end && ordered) {
      add.start({
        date,
        kind,
        from: start,
        to: end,
        ...(kind === 'extra' && { unit, minutes: Number(minutes), ...(doctor && { purpose }) }),
      })
    }
  }

  return (
    <form
      className="card hours-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <RadioButtonGroup
        labelText={t('hours.kind')}
        name="kind"
        value={kind}
        onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'away')}
      >
        <RadioButton value="away">{t('hours.away')}</RadioButton>
        <RadioButton value="extra">{t('hours.extra')}</RadioButton>
        <RadioButton value="open">{t('hours.open')}</RadioButton>
      </RadioButtonGroup>
      <DayField
        label={t('hours.day')}
        day={date}
        onDay={setDate}
        {...(asked && !date
          ? { wrong: t('fieldProblems.required') }
          : dateStatus.status === 'error' && { wrong: dateStatus.statusText })}
      />
      {kind === 'away' && (
        <Checkbox checked={wholeDay} onClick={({ checkboxState }) => setWholeDay(checkboxState)}>
          {t('hours.wholeDay')}
        </Checkbox>
      )}
      {hasHours && (
        <>
          <ClockField label={t('hours.from')} value={from} onChange={setFrom} />
          <ClockField
            label={t('hours.to')}
            value={to}
            onChange={setTo}
            {...(asked && !ordered && { wrong: t('problems.ends_before_start') })}
          />
        </>
      )}
      {kind === 'extra' && (
        <>
          <Dropdown labelText={t('scheduling.length')} fullWidth value={minutes} onChange={setMinutes}>
            {LENGTHS.map((length) => (
              <DropdownItem key={length} value={String(length)}>
                {t('common.minutes', { count: length })}
              </DropdownItem>
            ))}
          </Dropdown>
          <UnitField units={units} value={unit} onChange={setUnit} />
          {doctor && <PurposeField value={purpose} onChange={setPurpose} />}
        </>
      )}
      <div className="hours-form-end">
        {kind === 'away' && <p className="quiet">{t('hours.awayHelp')}</p>}
        {kind === 'open' && <p className="quiet">{t('hours.openHelp')}</p>}
        <WriteNotice write={add} />
        <div className="row">
          <Button type="submit" aria-disabled={add.busy}>
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
