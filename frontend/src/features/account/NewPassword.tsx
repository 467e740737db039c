import { useTranslation } from 'react-i18next'
import type { Problem } from '../../shared/http/problem'
import { PasswordField } from './PasswordField'
import { longEnough, SHORTEST } from './passwordRules'

type Props = {
  value: string
  asked: boolean
  problem: Problem | undefined
  onChange: (value: string) => void
}

/** A new password, with what makes one good said beforehand and what is wrong said at the field. */
export function NewPassword({ value, asked, problem, onChange }: Props) {
  const { t } = useTranslation()
  let wrong: string | undefined
  if (asked && !longEnough(value)) wrong = t('problems.password_short', { count: SHORTEST })
  else if (problem?.code === 'password_short') wrong = t('problems.password_short', { count: SHORTEST })
  else if (problem?.code === 'password_common') wrong = t('problems.password_common')
  return (
    <PasswordField
      label={t('account.newPassword')}
      hint={t('account.passwordHint', { count: SHORTEST })}
      name="password"
      autoComplete="new-password"
      value={value}
      onChange={onChange}
      {...(wrong && { wrong })}
    />
  )
}

/** Whether a problem is about the password itself, and so is shown at its field. */
export function aboutPassword(problem: Problem | undefined): boolean {
  return problem?.code === 'password_short' || problem?.code === 'password_common'
}
