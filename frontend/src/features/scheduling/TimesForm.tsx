import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  Checkbox,
  CheckboxGroup,
  Dropdown,
  DropdownItem,
  RadioButton,
  RadioButtonGroup,
} from 'suomifi-ui-components'
import { byName } from '../../shared/dates/numbers'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { DayField } from '../../shared/ui/DayField'
import { coordinatorsQuery, type Doctor, professionalsQuery, type TimesWish } from './api'
import { LENGTHS, type Search } from './wish'

const OWN = 'own'

type Props = { doctors: Doctor[]; wish: TimesWish | undefined; onOthers: (people: string[]) => void }

/** What to look for. Every change shows at once in the list of times, and in the page's address. */
export function TimesForm({ doctors, wish, onOthers }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if (wish === undefined) return null
  const chosen = doctors.find((doctor) => doctor.person === wish.doctor && doctor.unit === wish.unit)

  function change(part: Search) {
    void navigate({ to: '/appointments/new', search: (old: Search) => ({ ...old, ...part }), replace: true })
  }

  return (
    <form className="card times-form" onSubmit={(event) => event.preventDefault()}>
      <Dropdown
        labelText={t('roles.doctor')}
        hintText={chosen?.unitName}
        fullWidth
        value={`${wish.doctor} ${wish.unit}`}
        onChange={(value) => {
          const [doctor, unit] = value.split(' ')
          change({ doctor, unit })
        }}
      >
        {doctors.map((doctor) => (
          <DropdownItem key={`${doctor.person} ${doctor.unit}`} value={`${doctor.person} ${doctor.unit}`}>
            {doctors.filter((one) => one.person === doctor.person).length > 1
              ? `${doctor.name}, ${doctor.unitName}`
              : doctor.name}
          </DropdownItem>
        ))}
      </Dropdown>
      <RadioButtonGroup
        labelText={t('scheduling.length')}
        name="minutes"
        value={wish.minutes === undefined ? OWN : String(wish.minutes)}
        onChange={(minutes) => change({ minutes: minutes === OWN ? undefined : minutes })}
        className="lengths"
      >
        {[OWN, ...LENGTHS].map((length) => (
          <RadioButton key={length} value={String(length)}>
            {typeof length === 'number' ? t('common.minutes', { count: length }) : t('scheduling.ownLength')}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <DayField
        key={`from ${wish.from}`}
        label={t('scheduling.from')}
        day={wish.from}
        onDay={(from) => change({ from, to: undefined })}
      />
      <DayField
        key={`to ${wish.to}`}
        label={t('scheduling.to')}
        day={wish.to}
        onDay={(to) => change({ to })}
      />
      <Others chosen={wish.with} onChange={onOthers} />
    </form>
  )
}

function Others({ chosen, onChange }: { chosen: string[]; onChange: (people: string[]) => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const coordinators = useQuery(coordinatorsQuery).data?.coordinators ?? []
  const professionals = useQuery(professionalsQuery).data?.professionals ?? []
  const inOrder = byName(useLanguage())
  const people = [...coordinators, ...professionals]
    .filter((one) => one.person !== me.id)
    .filter((one, at, all) => all.findIndex((other) => other.person === one.person) === at)
    .sort((a, b) => inOrder(a.name, b.name))
  if (people.length === 0) return null
  return (
    <details className="others">
      <summary>{t('scheduling.others')}</summary>
      <CheckboxGroup labelText={t('scheduling.othersLabel')} groupHintText={t('scheduling.othersHint')}>
        {people.map((one) => (
          <Checkbox
            key={`${one.person} ${one.unit}`}
            checked={chosen.includes(one.person)}
            onClick={({ checkboxState }) =>
              onChange(checkboxState ? [...chosen, one.person] : chosen.filter((id) => id !== one.person))
            }
            hintText={one.unitName}
          >
            {one.name}
          </Checkbox>
        ))}
      </CheckboxGroup>
    </details>
  )
}
