import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Checkbox, CheckboxGroup, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { byName } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import { coordinatorsQuery, professionalsQuery } from '../api'
import { resourcesQuery } from '../resources/api'
import { useByLanguageName, useLanguageName } from '../resources/languages'
import type { WaitingRequest } from './api'

type Seat = WaitingRequest['seats'][number]

/** Who is to come besides the doctor and whoever asks. */
export type SeatChoice = {
  people: string[]
  /** Those of them without whom a time will do too. */
  optional: string[]
  /** Seats for several, or from outside, as they are asked for, with the names of who can take them. */
  others: { with: string; names: string[] }[]
  /** What an interpreter is asked for, as a seat; empty for none. */
  interpreter: string
}

/** The choice out of what a request says, or out of what was looked for before. */
export function readSeats(seats: readonly Seat[], looked: readonly string[], me: string): SeatChoice {
  const choice: SeatChoice = { people: [], optional: [], others: [], interpreter: '' }
  const wishes = [
    ...seats.flatMap((seat) => (seat.guest || !seat.with ? [] : [{ with: seat.with, names: seat.names }])),
    ...looked.map((one) => ({ with: one, names: [] })),
  ]
  for (const wish of wishes) {
    const id = wish.with.replace(/\?$/, '')
    if (id === me) continue
    if (/[|:]/.test(id)) {
      choice.others.push(wish)
      continue
    }
    choice.people.push(id)
    if (id !== wish.with) choice.optional.push(id)
  }
  return choice
}

export function writeSeats(choice: SeatChoice): string[] {
  return [
    ...choice.people.map((id) => (choice.optional.includes(id) ? `${id}?` : id)),
    ...choice.others.map((one) => one.with),
    ...(choice.interpreter === '' ? [] : [choice.interpreter]),
  ]
}

const NONE = 'none'
const OUTSIDE = 'interpreter:outside'

export function SeatsField({
  choice,
  me,
  onChange,
}: {
  choice: SeatChoice
  me: string
  onChange: (choice: SeatChoice) => void
}) {
  const { t } = useTranslation()
  const coordinators = useQuery(coordinatorsQuery).data?.coordinators ?? []
  const professionals = useQuery(professionalsQuery).data?.professionals ?? []
  const inOrder = byName(useLanguage())
  const people = [...coordinators, ...professionals]
    .filter((one) => one.person !== me)
    .filter((one, at, all) => all.findIndex((other) => other.person === one.person) === at)
    .sort((a, b) => inOrder(a.name, b.name))
  const chosen = people.filter((one) => choice.people.includes(one.person))

  return (
    <>
      {people.length > 0 && (
        <details className="others" open={choice.people.length > 0}>
          <summary>{t('scheduling.others')}</summary>
          <CheckboxGroup labelText={t('scheduling.othersLabel')}>
            {people.map((one) => (
              <Checkbox
                key={one.person}
                checked={choice.people.includes(one.person)}
                hintText={one.unitName}
                onClick={({ checkboxState }) =>
                  onChange({
                    ...choice,
                    people: toggle(choice.people, one.person, checkboxState),
                    optional: choice.optional.filter((id) => id !== one.person),
                  })
                }
              >
                {one.name}
              </Checkbox>
            ))}
          </CheckboxGroup>
          {chosen.length > 0 && (
            <CheckboxGroup labelText={t('waiting.optionalLabel')}>
              {chosen.map((one) => (
                <Checkbox
                  key={one.person}
                  checked={choice.optional.includes(one.person)}
                  onClick={({ checkboxState }) =>
                    onChange({ ...choice, optional: toggle(choice.optional, one.person, checkboxState) })
                  }
                >
                  {one.name}
                </Checkbox>
              ))}
            </CheckboxGroup>
          )}
        </details>
      )}
      {choice.others.length > 0 && (
        <CheckboxGroup labelText={t('waiting.otherSeats')}>
          {choice.others.map((one) => (
            <Checkbox
              key={one.with}
              checked
              onClick={() => onChange({ ...choice, others: choice.others.filter((other) => other !== one) })}
            >
              {one.names.length > 0 ? one.names.join(t('waiting.or')) : t('waiting.fromOutside')}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
      <InterpreterField
        seat={choice.interpreter}
        onChange={(interpreter) => onChange({ ...choice, interpreter })}
      />
    </>
  )
}

function toggle(list: string[], id: string, on: boolean): string[] {
  return on ? [...list, id] : list.filter((one) => one !== id)
}

/** An interpreter of a language: any of those there are, or else somebody from outside. */
function InterpreterField({ seat, onChange }: { seat: string; onChange: (seat: string) => void }) {
  const { t } = useTranslation()
  const languageName = useLanguageName()
  const inOrder = useByLanguageName()
  const interpreters = (useQuery(resourcesQuery).data?.resources ?? []).filter(
    (one) => one.kind === 'interpreter',
  )
  const languages = inOrder([...new Set(interpreters.flatMap((one) => one.languages))])
  const seatOf = (language: string) =>
    `interpreter:${interpreters
      .filter((one) => one.languages.includes(language))
      .map((one) => one.id)
      .join('|')}|outside`
  return (
    <Dropdown
      labelText={t('waiting.interpreter')}
      fullWidth
      value={seat === '' ? NONE : seat}
      onChange={(value) => onChange(value === NONE ? '' : value)}
    >
      {[
        { seat: NONE, text: t('waiting.noInterpreter') },
        ...languages.map((language) => ({ seat: seatOf(language), text: languageName(language) })),
        { seat: OUTSIDE, text: t('waiting.interpreterOutside') },
      ].map((one) => (
        <DropdownItem key={one.text} value={one.seat}>
          {one.text}
        </DropdownItem>
      ))}
    </Dropdown>
  )
}
