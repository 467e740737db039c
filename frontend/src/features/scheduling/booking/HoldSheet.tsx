import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clock, clockOf, dayOf, longDay } from '../../../shared/dates/dates'
import { asProblem } from '../../../shared/http/problem'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Failed } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Appointment, appointmentQuery } from '../api'
import { useModeName } from '../names'
import { When } from '../When'
import { useConfirm, useExtend, useRelease } from './api'
import { minutesAndSeconds, type Told, useCountdown } from './countdown'
import { Sheet } from './Sheet'

type Props = {
  hold: string
  /** The sheet has nothing to tell any more. */
  onClose: () => void
  /** The same time is wanted once more. */
  onAgain: (appointment: Appointment) => void
}

/** The time that is kept for whoever looks: how long still, and what can be done with it. */
export function HoldSheet({ hold, onClose, onAgain }: Props) {
  const query = useQuery(appointmentQuery(hold))
  const gone = query.isError && asProblem(query.error).status === 404
  // An address that somebody else sent brings their hold along; it is nothing of ours.
  useEffect(() => {
    if (gone) onClose()
  }, [gone, onClose])
  const appointment = query.data
  if (appointment === undefined) {
    return query.isError && !gone ? (
      <div className="sheet">
        <div className="sheet-inside">
          <Failed problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        </div>
      </div>
    ) : null
  }
  if (appointment.state === 'held' && appointment.expires)
    return <Kept key={hold} {...{ appointment, onClose, onAgain }} expires={appointment.expires} />
  if (appointment.state === 'released') return <Expired {...{ appointment, onClose, onAgain }} />
  return <Done appointment={appointment} onClose={onClose} />
}

type PartProps = Omit<Props, 'hold'> & { appointment: Appointment }

function Kept({ appointment, expires, onClose, onAgain }: PartProps & { expires: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const modeName = useModeName()
  const navigate = useNavigate()
  const { left, told } = useCountdown(expires, appointment.extended)
  const extend = useExtend(appointment.id)
  const confirm = useConfirm(appointment.id, ({ id }) =>
    navigate({ to: '/appointments/$appointment/booked', params: { appointment: id } }),
  )
  const release = useRelease(appointment.id, onClose)
  const busy = confirm.busy || release.busy || extend.busy
  const over = left === 0 || [confirm, extend, release].some((one) => one.problem?.code === 'hold_expired')
  if (over && !confirm.busy) return <Expired {...{ appointment, onClose, onAgain }} />
  const missing = appointment.participants.filter((one) => one.missing)
  return (
    <Sheet
      title={t('booking.heldTitle')}
      about={appointment.id}
      aside={
        <span role="timer" className={left <= 60 ? 'timer timer-short' : 'timer'}>
          {minutesAndSeconds(left)}
        </span>
      }
    >
      <p className="visually-hidden" role="status">
        {told === undefined
          ? t('booking.kept', {
              day: longDay(dayOf(appointment.start), language),
              time: clock(clockOf(appointment.start), language),
            })
          : t(`booking.told.${TOLD[told]}`)}
      </p>
      <div>
        <p className="sheet-when">
          <When slot={appointment} />
        </p>
        <p className="quiet">
          {modeName(appointment.mode)} · {appointment.unitName} · {appointment.doctor.name}
        </p>
        {missing.length > 0 && (
          <p className="quiet">
            {t('booking.missing', { names: missing.flatMap((one) => one.names ?? []).join(', ') })}
          </p>
        )}
      </div>
      <WriteNotice write={confirm} />
      <WriteNotice write={extend} />
      <WriteNotice write={release} />
      <div className="sheet-actions">
        <Button className="sheet-main" aria-disabled={busy} onClick={() => !busy && confirm.start(undefined)}>
          {t('booking.confirm')}
        </Button>
        {appointment.extended ? (
          <p className="quiet sheet-note">{t('booking.extended')}</p>
        ) : (
          <Button variant="secondary" aria-disabled={busy} onClick={() => !busy && extend.start(undefined)}>
            {t('booking.extend')}
          </Button>
        )}
        <Button variant="secondary" aria-disabled={busy} onClick={() => !busy && release.start(undefined)}>
          {t('booking.release')}
        </Button>
      </div>
    </Sheet>
  )
}

const TOLD: Record<Told, 'm5' | 'm1' | 'm0'> = { 300: 'm5', 60: 'm1', 0: 'm0' }

function Expired({ appointment, onClose, onAgain }: PartProps) {
  const { t } = useTranslation()
  return (
    <Sheet title={t('booking.expiredTitle')} about={`over ${appointment.id}`}>
      <div role="alert">
        <p className="sheet-when">
          <When slot={appointment} />
        </p>
        <p>{t('booking.expiredText')}</p>
      </div>
      <div className="sheet-actions">
        <Button className="sheet-main" onClick={() => onAgain(appointment)}>
          {t('booking.holdAgain')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('booking.otherTimes')}
        </Button>
      </div>
    </Sheet>
  )
}

/** Confirmed in another window, or moved on in another way. */
function Done({ appointment, onClose }: { appointment: Appointment; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet title={t('booking.alreadyDone')} about={`done ${appointment.id}`}>
      <p className="sheet-when">
        <When slot={appointment} />
      </p>
      <div className="sheet-actions">
        <Link
          to="/appointments/$appointment"
          params={{ appointment: appointment.id }}
          className="button-link sheet-main"
        >
          {t('booking.open')}
        </Link>
        <Button variant="secondary" onClick={onClose}>
          {t('booking.close')}
        </Button>
      </div>
    </Sheet>
  )
}
