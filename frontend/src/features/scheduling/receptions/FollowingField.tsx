import { useTranslation } from 'react-i18next'
import { RadioButton, RadioButtonGroup } from 'suomifi-ui-components'

type Props = { count: number; value: boolean; onChange: (following: boolean) => void }

/** This reception alone or those that follow too; not asked when none follow. */
export function FollowingField({ count, value, onChange }: Props) {
  const { t } = useTranslation()
  if (count < 2) return null
  return (
    <RadioButtonGroup
      labelText={t('receptions.which')}
      name="following"
      value={value ? 'all' : 'one'}
      onChange={(chosen) => onChange(chosen === 'all')}
    >
      <RadioButton value="one">{t('receptions.onlyThis')}</RadioButton>
      <RadioButton value="all">{t('receptions.allFollowing', { count })}</RadioButton>
    </RadioButtonGroup>
  )
}
