import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import { byName } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../shared/i18n/languages'
import { useMe } from '../../../shared/session/me'
import { useRoleName } from '../../../shared/session/useRoleName'
import { Dialog } from '../../../shared/ui/Dialog'
import { coordinatorsQuery, professionalsQuery } from '../api'
import { useLanguageName } from '../resources/languages'
import { GUEST_ROLES, type Guest, type GuestRole, resourcesQuery } from './api'
import { Choices } from './Choices'
import type { Seat } from './seats'

const KINDS = ['person', 'interpreter', 'room', 'guest'] as const
type Kind = (typeof KINDS)[number]

type Candidate = { id: string; name: string; hint: string }

type Props = {
  unit: string
  /** Those who come already. */
  taken: readonly string[]
  onSeats: (seats: Seat[]) => void
  onGuest: (guest: Guest) => void
  onClose: () => void
}

/** Adds people, a room, an interpreter, or somebody without an account. */
export function SeatDialog(props: Props) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>('person')
  const choice = (
    <Choices
      legend={t('booking.kind')}
      value={kind}
      options={KINDS.map((one) => ({ value: one, text: t(`booking.kinds.${one}`) }))}
      onChange={setKind}
    />
  )
  return kind === 'guest' ? (
    <GuestForm {...props} choice={choice} />
  ) : (
    <PickForm key={kind} {...props} kind={kind} choice={choice} />
  )
}

function useCandidates(kind: Exclude<Kind, 'guest'>, unit: string, taken: readonly string[]): Candidate[] {
  const me = useMe()
  const roleName = useRoleName()
  const languageName = useLanguageName()
  const inOrder = byName(useLanguage())
  const coordinators = useQuery(coordinatorsQuery).data?.coordinators ?? []
  const professionals = useQuery(professionalsQuery).data?.professionals ?? []
  const resources = useQuery(resourcesQuery).data?.resources ?? []
  const all: Candidate[] =
    kind === 'person'
      ? [
          ...coordinators.map((one) => ({
            id: one.person,
            name: one.name,
            hint: `${roleName('coordinator')}, ${one.unitName}`,
          })),
          ...professionals.map((one) => ({
            id: one.person,
            name: one.name,
            hint: `${roleName('professional')}, ${one.unitName}`,
          })),
        ]
      : resources
          .filter((one) => one.kind === kind && (kind !== 'room' || one.unit === unit))
          .map((one) => ({
            id: one.id,
            name: one.name,
            hint: [...one.languages.map(languageName), one.unitName].join(', '),
          }))
  return all
    .filter((one) => one.id !== me.id && !taken.includes(one.id))
    .filter((one, at, rest) => rest.findIndex((other) => other.id === one.id) === at)
    .sort((a, b) => inOrder(a.name, b.name))
}

const LABELS = {
  person: 'booking.people',
  room: 'booking.rooms',
  interpreter: 'booking.interpreters',
} as const
/** So many names need no search. */
const FEW = 8

function PickForm({
  kind,
  unit,
  taken,
  choice,
  onSeats,
  onClose,
}: Props & { kind: Exclude<Kind, 'guest'>; choice: React.ReactNode }) {
  const { t } = useTranslation()
  const candidates = useCandidates(kind, unit, taken)
  const [chosen, setChosen] = useState<string[]>([])
  const [outside, setOutside] = useState(false)
  const [together, setTogether] = useState<'any' | 'all'>(kind === 'person' ? 'all' : 'any')
  const [must, setMust] = useState<'required' | 'optional'>('required')
  const [sought, setSought] = useState('')
  const [asked, setAsked] = useState(false)
  const nobody = chosen.length === 0 && !outside
  const found = candidates.filter(
    (one) =>
      chosen.includes(one.id) || one.name.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase()),
  )

  function add() {
    setAsked(true)
    if (nobody) return
    const optional = must === 'optional'
    if (together === 'all' && !outside) {
      onSeats(chosen.map((id) => ({ any: [id], outside: false, optional })))
    } else {
      onSeats([{ ...(kind === 'interpreter' && { role: kind }), any: chosen, outside, optional }])
    }
  }

  return (
    <Dialog
      title={t('booking.seatTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={add}>{t('booking.add')}</Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      {choice}
      {candidates.length > FEW && (
        <TextInput
          labelText={t('booking.search')}
          fullWidth
          value={sought}
          onChange={(value) => setSought(String(value ?? ''))}
        />
      )}
      <fieldset className="choices">
        <legend>{t(LABELS[kind])}</legend>
        {candidates.length === 0 && kind !== 'person' && (
          <p className="quiet">{t(kind === 'room' ? 'booking.noRooms' : 'booking.noInterpreters')}</p>
        )}
        {found.length === 0 && (candidates.length > 0 || kind === 'person') && (
          <p className="quiet">{t('booking.nobodyFound')}</p>
        )}
        <div className="candidates">
          {found.map((one) => (
            <Checkbox
              key={one.id}
              checked={chosen.includes(one.id)}
              onClick={({ checkboxState }) =>
                setChosen(checkboxState ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))
              }
              hintText={one.hint}
            >
              {one.name}
            </Checkbox>
          ))}
          {kind === 'interpreter' && (
            <Checkbox
              checked={outside}
              onClick={({ checkboxState }) => setOutside(checkboxState)}
              hintText={t('booking.outsideHint')}
            >
              {t('booking.outside')}
            </Checkbox>
          )}
        </div>
        {asked && nobody && (
          <p className="field-wrong" role="alert">
            {t('booking.chooseSomebody')}
          </p>
        )}
      </fieldset>
      {chosen.length > 1 && !outside && (
        <Choices
          legend={t('booking.together')}
          value={together}
          options={[
            { value: 'any', text: t('booking.anyOf') },
            { value: 'all', text: t('booking.allOf') },
          ]}
          onChange={setTogether}
        />
      )}
      <Choices
        legend={t('booking.must')}
        value={must}
        options={[
          { value: 'required', text: t('booking.required') },
          { value: 'optional', text: t('booking.optional') },
        ]}
        onChange={setMust}
      />
    </Dialog>
  )
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

function GuestForm({ choice, onGuest, onClose }: Props & { choice: React.ReactNode }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<GuestRole>('professional')
  const [language, setLanguage] = useState<Language>(useLanguage())
  const [asked, setAsked] = useState(false)
  const named = name.trim() !== ''
  const addressed = ADDRESS.test(email.trim())
  return (
    <Dialog
      title={t('booking.seatTitle')}
      onClose={onClose}
      actions={
        <>
          <Button
            onClick={() => {
              setAsked(true)
              if (named && addressed) onGuest({ name: name.trim(), email: email.trim(), role, language })
            }}
          >
            {t('booking.add')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      {choice}
      <p className="quiet">{t('booking.guestHint')}</p>
      <TextInput
        labelText={t('booking.guestName')}
        fullWidth
        value={name}
        onChange={(value) => setName(String(value ?? ''))}
        {...(asked && !named && { status: 'error', statusText: t('fieldProblems.required') })}
      />
      <TextInput
        labelText={t('booking.guestEmail')}
        type="email"
        fullWidth
        value={email}
        onChange={(value) => setEmail(String(value ?? ''))}
        {...(asked && !addressed && { status: 'error', statusText: t('fieldProblems.email') })}
      />
      <Choices
        legend={t('booking.guestRole')}
        value={role}
        options={GUEST_ROLES.map((one) => ({ value: one, text: t(`booking.guestRoles.${one}`) }))}
        onChange={setRole}
      />
      <Choices
        legend={t('booking.guestLanguage')}
        value={language}
        options={LANGUAGES.map((one) => ({ value: one, text: LANGUAGE_NAMES[one] }))}
        onChange={setLanguage}
      />
    </Dialog>
  )
}
