import { useTranslation } from 'react-i18next'
import { Dropdown, DropdownItem } from 'suomifi-ui-components'
import { PURPOSES, type Purpose } from './api'

/** What hours are for. */
export function PurposeField({ value, onChange }: { value: Purpose; onChange: (purpose: Purpose) => void }) {
  const { t } = useTranslation()
  return (
    <Dropdown
      labelText={t('hours.purpose')}
      fullWidth
      value={value}
      onChange={(chosen) => onChange(PURPOSES.find((one) => one === chosen) ?? 'joint')}
    >
      {PURPOSES.map((purpose) => (
        <DropdownItem key={purpose} value={purpose}>
          {t(`hours.purposes.${purpose}`)}
        </DropdownItem>
      ))}
    </Dropdown>
  )
}
