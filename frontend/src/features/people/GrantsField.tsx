import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { isRole, ROLES } from '../../shared/session/roles'
import { useRoleName } from '../../shared/session/useRoleName'
import type { GrantWish, Unit } from './api'

type Props = { units: Unit[]; grants: GrantWish[]; wrong?: string; onChange: (grants: GrantWish[]) => void }

/** What a person may do and where: a role in a unit, as many as needed. */
export function GrantsField({ units, grants, wrong, onChange }: Props) {
  const { t } = useTranslation()
  const roleName = useRoleName()
  const own = units.filter((unit) => unit.own)

  function change(index: number, part: Partial<GrantWish>) {
    onChange(grants.map((grant, at) => (at === index ? { ...grant, ...part } : grant)))
  }

  return (
    <fieldset className="grants">
      <legend>{t('people.grants')}</legend>
      {wrong && <p className="grants-wrong">{wrong}</p>}
      {grants.map((grant, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grant has nothing else to be told by while it is chosen
        <div key={index} className="grant">
          <Dropdown
            labelText={t('people.role')}
            fullWidth
            value={grant.role}
            onChange={(role) => isRole(role) && change(index, { role })}
          >
            {ROLES.map((role) => (
              <DropdownItem key={role} value={role}>
                {roleName(role)}
              </DropdownItem>
            ))}
          </Dropdown>
          <Dropdown
            labelText={t('scheduling.unit')}
            fullWidth
            value={grant.unit}
            onChange={(unit) => change(index, { unit })}
          >
            {own.map((unit) => (
              <DropdownItem key={unit.id} value={unit.id}>
                {unit.name}
              </DropdownItem>
            ))}
          </Dropdown>
          <Button
            variant="secondaryNoBorder"
            onClick={() => onChange(grants.filter((_, at) => at !== index))}
            aria-label={t('people.removeGrant', {
              role: roleName(grant.role),
              unit: own.find((unit) => unit.id === grant.unit)?.name ?? '',
            })}
          >
            {t('common.remove')}
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          onClick={() => onChange([...grants, { role: 'trainee', unit: own[0]?.id ?? '' }])}
        >
          {t('people.addGrant')}
        </Button>
      </div>
    </fieldset>
  )
}
