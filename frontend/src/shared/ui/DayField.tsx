import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from 'suomifi-ui-components'
import { readDay } from '../dates/dates'
import { useLanguage } from '../i18n/i18n'

type Props = {
  label: string
  /** The chosen day as 2026-11-24, or nothing yet. */
  day: string | undefined
  optional?: boolean
  wrong?: string
  /** A day was chosen, or, where it is optional, taken away. */
  onDay: (day: string | undefined) => void
}

/** A day, typed the Finnish way or picked from a calendar. Give it a new key when the day changes from outside. */
export function DayField({ label, day, optional = false, wrong, onDay }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [typed, setTyped] = useState(day === undefined ? '' : asTyped(day))
  const [left, setLeft] = useState(false)
  const read = readDay(typed)
  const bad = left && read === undefined && !(optional && typed.trim() === '')
  const message = bad ? t('fieldProblems.date') : wrong
  return (
    <DateInput
      labelText={label}
      language={language}
      datePickerEnabled
      fullWidth
      value={typed}
      {...(optional && { optionalText: t('common.optional') })}
      onBlur={() => setLeft(true)}
      onChange={({ value }) => {
        setTyped(value)
        const changed = readDay(value)
        if (changed !== undefined || (optional && value.trim() === '')) onDay(changed)
      }}
      {...(message && { status: 'error', statusText: message })}
    />
  )
}

function asTyped(day: string): string {
  const [year, month, date] = day.split('-')
  return `${Number(date)}.${Number(month)}.${year}`
}
