import { useTranslation } from 'react-i18next'
import { Dropdown, DropdownItem } from 'suomifi-ui-components'

type Props = { units: { id: string; name: string }[]; value: string; onChange: (unit: string) => void }

/** Which unit; not asked when there is only one. */
export function UnitField({ units, value, onChange }: Props) {
  const { t } = useTranslation()
  if (units.length < 2) return null
  return (
    <Dropdown labelText={t('scheduling.unit')} fullWidth value={value} onChange={onChange}>
      {units.map((unit) => (
        <DropdownItem key={unit.id} value={unit.id}>
          {unit.name}
        </DropdownItem>
      ))}
    </Dropdown>
  )
}
