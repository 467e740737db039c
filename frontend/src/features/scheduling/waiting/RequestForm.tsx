import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import type { Write } from '../../../shared/http/useWrite'
import { DayField } from '../../../shared/ui/DayField'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Doctor, MODES } from '../api'
import { GUEST_ROLES, type Guest } from '../booking/api'
import { Choices } from '../booking/Choices'
import { NeverField } from '../booking/NeverField'
import { neverText, readNever } from '../booking/never'
import { SeatsField } from '../booking/SeatsField'
import { readSeats, seatText } from '../booking/seats'
import { AwayNotice } from '../deputies/StandIn'
import { lengthsWith } from '../lengths'
import { useModeName } from '../names'
import type { Terms, WaitingRequest } from './api'
import '../booking/booking.css'

const ANY = 'any'

/** What a form begins with: nothing, what was looked for, or what a request says. */
export type Beginning = {
  doctor?: string | undefined
  minutes?: number | undefined
  mode?: string | undefined
  with: readonly string[]
  guests: readonly Guest[]
  never: readonly string[]
  deadline?: string | undefined
  urgent: boolean
}

/** A request as it stands; whoever asks comes in any case. */
export function beginningOf(request: WaitingRequest, me: string): Beginning {
  return {
    doctor: request.doctor?.person,
    minutes: request.minutes,
    mode: request.mode,
    with: request.seats.flatMap((seat) => (seat.with && seat.with !== me ? [seat.with] : [])),
    guests: request.seats.flatMap((seat): Guest[] =>
      seat.guest ? [{ ...seat.guest, role: GUEST_ROLES.find((one) => one === seat.role) ?? 'other' }] : [],
    ),
    never: request.never,
    deadline: request.deadline,
    urgent: request.priority === 'urgent',
  }
}

type Props = {
  unit: string
  /** The doctors of the unit. */
  doctors: readonly Doctor[]
  beginning: Beginning
  write: Pick<Write<never, unknown>, 'busy' | 'waiting' | 'problem'>
  send: string
  /** Whom it asks for already: that stays so also while they are away. */
  keptDoctor?: string | undefined
  onSend: (terms: Terms) => void
  children?: ReactNode
}

/** What is asked for: doctor, length, way, participants, the last day that helps, and when the client can not come. */
export function RequestForm({ unit, doctors, beginning, write, send, keptDoctor, onSend, children }: Props) {
  const { t } = useTranslation()
  const modeName = useModeName()
  const fieldStatus = useFieldStatus(write.problem)
  const deadlineStatus = fieldStatus('deadline')
  const [doctor, setDoctor] = useState(beginning.doctor)
  const [minutes, setMinutes] = useState(beginning.minutes ?? 30)
  const [mode, setMode] = useState(MODES.find((one) => one === beginning.mode) ?? 'on_site')
  const [seats, setSeats] = useState(() => readSeats(beginning.with.join(',')))
  const [guests, setGuests] = useState<Guest[]>([...beginning.guests])
  const [deadline, setDeadline] = useState(beginning.deadline)
  const [urgent, setUrgent] = useState(beginning.urgent)
  const [never, setNever] = useState(() => readNever(beginning.never.join(',')))
  // What the form can not show stays as it is.
  const otherNever = beginning.never.filter((text) => readNever(text).length === 0)
  const chosen = doctors.find((one) => one.person === doctor)
  const known = chosen !== undefined

  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSend({
          ...(known && { doctor }),
          minutes,
          mode,
          with: seats.map(seatText),
          ...(guests.length > 0 && { guests }),
          never: [...never.map(neverText), ...otherNever],
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
      {doctor !== keptDoctor && <AwayNotice doctor={chosen} sends="request" />}
      <Choices
        legend={t('scheduling.length')}
        value={String(minutes)}
        options={lengthsWith(beginning.minutes).map((length) => ({
          value: String(length),
          text: t('common.minutes', { count: length }),
        }))}
        onChange={(value) => setMinutes(Number(value))}
      />
      <Choices
        legend={t('scheduling.mode')}
        value={mode}
        options={MODES.map((one) => ({ value: one, text: modeName(one) }))}
        onChange={setMode}
      />
      <SeatsField unit={unit} seats={seats} guests={guests} onSeats={setSeats} onGuests={setGuests} />
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
      <NeverField never={never} onChange={setNever} />
      <WriteNotice write={write} />
      <div>
        <Button type="submit" aria-disabled={write.busy}>
          {send}
        </Button>
      </div>
    </form>
  )
}
