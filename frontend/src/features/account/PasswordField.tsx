import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from 'suomifi-ui-components'
import './account.css'

type Props = {
  label: string
  name: string
  value: string
  autoComplete: 'current-password' | 'new-password'
  hint?: string
  wrong?: string
  onChange: (value: string) => void
}

/** A password that may be looked at while typing; pasting is allowed. */
export function PasswordField({ label, name, value, autoComplete, hint, wrong, onChange }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <div className="password-field">
      <TextInput
        labelText={label}
        hintText={hint}
        name={name}
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        fullWidth
        value={value}
        onChange={(changed) => onChange(String(changed ?? ''))}
        {...(wrong && { status: 'error', statusText: wrong })}
      />
      <button type="button" className="password-show" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {t('account.showPassword')}
      </button>
    </div>
  )
}
