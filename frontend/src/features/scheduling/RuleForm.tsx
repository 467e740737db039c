import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { clock, dayOf, readClock, weekdayName } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { ClockField } from '../../shared/ui/ClockField'
import { DayField } from '../../shared/ui/DayField'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Purpose, type Rule, useAddRule } from './api'
import { useMoveRule } from './hours/api'
import { lengthsWith } from './lengths'
import { PurposeField } from './PurposeField'
import { UnitField } from './UnitField'

const WEEKDAYS = [1, 2, 3, 4, 5] as const

type Props = {
  person: string
  units: { id: string; name: string }[]
  /** The hours to change; new ones without. */
  rule?: Rule
  /** A doctor's hours can be for consultations in writing too. */
  doctor?: boolean
  onClose: () => void
}

/** Weekly hours: new ones, or others instead of those there are, in one step. */
export function RuleForm({ person, units, rule, doctor = false, onClose }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [unit, setUnit] = useState(rule?.unit ?? units[0]?.id ?? '')
  const [weekday, setWeekday] = useState(String(rule?.weekday ?? 1))
  const [from, setFrom] = useState(rule ? clock(rule.from, 'fi') : '9.00')
  const [to, setTo] = useState(rule ? clock(rule.to, 'fi') : '11.00')
  const [minutes, setMinutes] = useState(String(rule?.minutes ?? 45))
  const [validFrom, setValidFrom] = useState<string | undefined>(rule?.validFrom ?? dayOf(new Date()))
  const [validUntil, setValidUntil] = useState<string | undefined>(rule?.validUntil)
  const [purpose, setPurpose] = useState<Purpose>(rule?.purpose ?? 'joint')
  const [asked, setAsked] = useState(false)
  const add = useAddRule(person, onClose)
  const move = useMoveRule(person, rule?.id ?? '', onClose)
  const write = rule ? move : add
  const fieldStatus = useFieldStatus(write.problem)
  const start = readClock(from)
  const end = readClock(to)
  const ordered = start === undefined || end === undefined || start < end

  function send() {
    setAsked(true)
    if (!start || !end || !ordered || !validFrom) return
    write.start({
      unit,
      weekday: Number(weekday),
      from: start,
      to: end,
      minutes: Number(minutes),
      validFrom,
      ...(validUntil && { validUntil }),
      ...(doctor && { purpose }),
    })
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
      <Dropdown labelText={t('hours.weekday')} fullWidth value={weekday} onChange={setWeekday}>
        {WEEKDAYS.map((day) => (
          <DropdownItem key={day} value={String(day)}>
            {weekdayName(day, language)}
          </DropdownItem>
        ))}
      </Dropdown>
      <ClockField label={t('hours.from')} value={from} onChange={setFrom} />
      <ClockField
        label={t('hours.to')}
        value={to}
        onChange={setTo}
        {...(asked && !ordered && { wrong: t('problems.ends_before_start') })}
      />
      <Dropdown
        labelText={t('scheduling.length')}
        fullWidth
        value={minutes}
        onChange={setMinutes}
        {...fieldStatus('minutes')}
      >
        {lengthsWith(rule?.minutes).map((length) => (
          <DropdownItem key={length} value={String(length)}>
            {t('common.minutes', { count: length })}
          </DropdownItem>
        ))}
      </Dropdown>
      <UnitField units={units} value={unit} onChange={setUnit} />
      {doctor && <PurposeField value={purpose} onChange={setPurpose} />}
      <DayField label={t('hours.validFrom')} day={validFrom} onDay={setValidFrom} />
      <DayField label={t('hours.validUntil')} day={validUntil} optional onDay={setValidUntil} />
      <div className="hours-form-end">
        {rule && <p className="quiet">{t('hours.moveHelp')}</p>}
        <WriteNotice write={write} />
        <div className="row">
          <Button type="submit" aria-disabled={write.busy}>
            {rule ? t('common.save') : t('hours.publish')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}
