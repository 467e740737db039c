import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from 'suomifi-ui-components'
import { readClock } from '../dates/dates'

type Props = { label: string; value: string; wrong?: string; onChange: (typed: string) => void }

/** A time of day as people write it: 9, 9.30 or 9:30. */
export function ClockField({ label, value, wrong, onChange }: Props) {
  const { t } = useTranslation()
  const [left, setLeft] = useState(false)
  const message = left && readClock(value) === undefined ? t('fieldProblems.clock') : wrong
  return (
    <TextInput
      labelText={label}
      fullWidth
      inputMode="decimal"
      value={value}
      onBlur={() => setLeft(true)}
      onChange={(typed) => onChange(String(typed ?? ''))}
      {...(message && { status: 'error', statusText: message })}
    />
  )
}
