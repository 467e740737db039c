import { useTranslation } from 'react-i18next'
import { Dropdown, DropdownItem } from 'suomifi-ui-components'
import { type Whose, whoseOf } from './whose'

/** Narrows a page to the learners whom a trainer comes first for. */
export function WhoseField({ whose, onWhose }: { whose: Whose; onWhose: (whose: Whose) => void }) {
  const { t } = useTranslation()
  return (
    <Dropdown
      labelText={t('whose.label')}
      fullWidth
      value={whose}
      onChange={(chosen: string) => onWhose(whoseOf(chosen) ?? 'all')}
    >
      <DropdownItem value="mine">{t('whose.mine')}</DropdownItem>
      <DropdownItem value="all">{t('whose.all')}</DropdownItem>
    </Dropdown>
  )
}
