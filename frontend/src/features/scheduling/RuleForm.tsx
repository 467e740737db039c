import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { dayOf, readClock, weekdayName } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { ClockField } from '../../shared/ui/ClockField'
import { DayField } from '../../shared/ui/DayField'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { useAddRule } from './api'
import { UnitField } from './UnitField'
import { LENGTHS } from './wish'

const WEEKDAYS = [1, 2, 3, 4, 5] as const

type Props = { person: string; units: { id: string; name: string }[]; onClose: () => void }

export function RuleForm({ person, units, onClose }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const [weekday, setWeekday] = useState('1')
  const [from, setFrom] = useState('9.00')
  const [to, setTo] = useState('11.00')
  const [minutes, setMinutes] = useState('45')
  const [validFrom, setValidFrom] = useState<string | undefined>(dayOf(new Date()))
  const [validUntil, setValidUntil] = useState<string>()
  const [asked, setAsked] = useState(false)
  const add = useAddRule(person, onClose)
  const fieldStatus = useFieldStatus(add.problem)
  const start = readClock(from)
  const end = readClock(to)
  const ordered = start === undefined || end === undefined || start < end

  function send() {
    setAsked(true)
    if (!start || !end || !ordered || !validFrom) return
    add.start({
      unit,
      weekday: Number(weekday),
      from: start,
      to: end,
      minutes: Number(minutes),
      validFrom,
      ...(validUntil && { validUntil }),
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
        {LENGTHS.map((length) => (
          <DropdownItem key={length} value={String(length)}>
            {t('common.minutes', { count: length })}
          </DropdownItem>
        ))}
      </Dropdown>
      <UnitField units={units} value={unit} onChange={setUnit} />
      <DayField label={t('hours.validFrom')} day={validFrom} onDay={setValidFrom} />
      <DayField label={t('hours.validUntil')} day={validUntil} optional onDay={setValidUntil} />
      <div className="hours-form-end">
        <WriteNotice write={add} />
        <div className="row">
          <Button type="submit" aria-disabled={add.busy}>
            {t('hours.publish')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}
