import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Button,
  Checkbox,
  Dropdown,
  DropdownItem,
  RadioButton,
  RadioButtonGroup,
} from 'suomifi-ui-components'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import type { Write } from '../../../shared/http/useWrite'
import { DayField } from '../../../shared/ui/DayField'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Doctor, MODES, type Mode } from '../api'
import { LENGTHS } from '../lengths'
import { useModeName } from '../names'
import type { Guest, Terms, WaitingRequest } from './api'
import { readNever, writeNever } from './impossible'
import { NeverField } from './NeverField'
import { readSeats, type SeatChoice, SeatsField, writeSeats } from './SeatsField'

const ANY = 'any'

type Props = {
  /** The doctors of the unit. */
  doctors: Doctor[]
  me: string
  initial: { doctor?: string; minutes?: number; mode?: Mode; with?: string[]; request?: WaitingRequest }
  write: Pick<Write<never, unknown>, 'busy' | 'waiting' | 'problem'>
  send: string
  onSend: (terms: Terms) => void
  children?: React.ReactNode
}

/** What is asked for: doctor, length, way, participants, the last day that helps, and when the client can not come. */
export function RequestForm({ doctors, me, initial, write, send, onSend, children }: Props) {
  const { t } = useTranslation()
  const modeName = useModeName()
  const fieldStatus = useFieldStatus(write.problem)
  const deadlineStatus = fieldStatus('deadline')
  const { request } = initial
  const [doctor, setDoctor] = useState(request ? request.doctor?.person : initial.doctor)
  const [minutes, setMinutes] = useState(request?.minutes ?? initial.minutes ?? 30)
  const [mode, setMode] = useState<Mode>(
    MODES.find((one) => one === request?.mode) ?? initial.mode ?? 'on_site',
  )
  const [seats, setSeats] = useState<SeatChoice>(() =>
    readSeats(request?.seats ?? [], initial.with ?? [], me),
  )
  const [deadline, setDeadline] = useState(request?.deadline)
  const [urgent, setUrgent] = useState(request?.priority === 'urgent')
  const kept = readNever(request?.never ?? [])
  const [chosen, setChosen] = useState(kept.chosen)
  const [rest, setRest] = useState(kept.rest)
  const lengths = [...new Set([...LENGTHS, minutes])].sort((a, b) => a - b)
  const known = doctors.some((one) => one.person === doctor)
  const guests = (request?.seats ?? []).flatMap((seat): Guest[] =>
    seat.guest ? [{ ...seat.guest, role: guestRole(seat.role) }] : [],
  )

  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSend({
          ...(doctor !== undefined && known && { doctor }),
          minutes,
          mode,
          with: writeSeats(seats),
          ...(guests.length > 0 && { guests }),
          never: writeNever(chosen, rest),
          ...(deadline && { deadline }),
          priority: urgent ? 'urgent' : 'normal',
        })
      }}
    >
      {children}
      <Dropdown
        labelText={t('roles.doctor')}
        fullWidth
        value={known && doctor !== undefined ? doctor : ANY}
        onChange={(value) => setDoctor(value === ANY ? undefined : value)}
        {...fieldStatus('doctor')}
      >
        {[{ person: ANY, name: t('waiting.anyDoctor') }, ...doctors].map((one) => (
          <DropdownItem key={one.person} value={one.person}>
            {one.name}
          </DropdownItem>
        ))}
      </Dropdown>
      <RadioButtonGroup
        labelText={t('scheduling.length')}
        name="minutes"
        value={String(minutes)}
        onChange={(value) => setMinutes(Number(value))}
        className="waiting-lengths"
      >
        {lengths.map((length) => (
          <RadioButton key={length} value={String(length)}>
            {t('common.minutes', { count: length })}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <RadioButtonGroup
        labelText={t('scheduling.mode')}
        name="mode"
        value={mode}
        onChange={(value) => setMode(MODES.find((one) => one === value) ?? 'on_site')}
      >
        {MODES.map((one) => (
          <RadioButton key={one} value={one}>
            {modeName(one)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <SeatsField choice={seats} me={me} onChange={setSeats} />
      <DayField
        label={t('waiting.deadlineLabel')}
        day={deadline}
        optional
        onDay={setDeadline}
        {...(deadlineStatus.status === 'error' && { wrong: deadlineStatus.statusText })}
      />
      <Checkbox checked={urgent} onClick={({ checkboxState }) => setUrgent(checkboxState)}>
        {t('waiting.urgentLabel')}
      </Checkbox>
      <NeverField chosen={chosen} rest={rest} onChange={setChosen} onRest={setRest} />
      <WriteNotice write={write} />
      <div>
        <Button type="submit" aria-disabled={write.busy}>
          {send}
        </Button>
      </div>
    </form>
  )
}

function guestRole(role: string): Guest['role'] {
  return role === 'professional' || role === 'interpreter' ? role : 'other'
}
