import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clockRange, dayOf, longDay, shortMoment } from '../../../shared/dates/dates'
import { useProblemText } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import type { Appointment } from '../api'
import { takenOf, useConfirm, useRelease, useTakeProposed } from '../booking/api'
import { useReasonName } from '../names'
import { canBook, manages } from '../permissions'
import { QuotaUsed } from '../QuotaUsed'
import { When } from '../When'

/** Where the appointment is when it is not simply booked, and what can be done about it. */
export function StateNotice({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const until = appointment.expires ? shortMoment(appointment.expires, language) : ''
  switch (appointment.state) {
    case 'held':
      return (
        <Notice kind="warning" title={t('appointment.heldText', { at: until })}>
          <div>
            <Link
              to="/appointments/new"
              search={{
                doctor: appointment.doctor.person,
                unit: appointment.unit,
                mode: appointment.mode,
                hold: appointment.id,
              }}
              className="button-link"
            >
              {t('booking.goOn')}
            </Link>
          </div>
        </Notice>
      )
    case 'offered':
      return <Offered appointment={appointment} until={until} />
    case 'asked':
      return (
        <Notice kind="warning" title={t('appointment.askedText', { at: until })}>
          {appointment.moveOf && (
            <>
              <p>{t('appointment.askedMove')}</p>
              <div>
                <Link
                  to="/appointments/$appointment"
                  params={{ appointment: appointment.moveOf }}
                  className="button-link button-link-light"
                >
                  {t('appointment.openOld')}
                </Link>
              </div>
            </>
          )}
        </Notice>
      )
    case 'booked':
      return <Moving appointment={appointment} />
    case 'declined':
    case 'cancelled':
    case 'released':
      return <Ended appointment={appointment} />
  }
  return null
}

/** A move that the doctor has not answered yet. */
function Moving({ appointment: { moving } }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (!moving) return null
  return (
    <Notice
      kind="warning"
      title={t('appointment.moving', {
        when: `${longDay(dayOf(moving.start), language)} ${t('scheduling.atClock', { range: clockRange(moving.start, moving.end, language) })}`,
      })}
    >
      <p>{t('appointment.movingUntil', { at: shortMoment(moving.until, language) })}</p>
      <div>
        <Link
          to="/appointments/$appointment"
          params={{ appointment: moving.appointment }}
          className="button-link button-link-light"
        >
          {t('appointment.openMoving')}
        </Link>
      </div>
    </Notice>
  )
}

function Offered({ appointment, until }: { appointment: Appointment; until: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const confirm = useConfirm(appointment.id, ({ id }) =>
    navigate({ to: '/appointments/$appointment/booked', params: { appointment: id } }),
  )
  const release = useRelease(appointment.id, () => navigate({ to: '/appointments' }))
  const busy = confirm.busy || release.busy
  return (
    <Notice kind="warning" title={t('appointment.offeredText', { at: until })}>
      {canBook(me) && (
        <div className="row">
          <Button aria-disabled={busy} onClick={() => !busy && confirm.start(undefined)}>
            {t('appointment.take')}
          </Button>
          <Button variant="secondary" aria-disabled={busy} onClick={() => !busy && release.start(undefined)}>
            {t('appointment.leave')}
          </Button>
        </div>
      )}
      <WriteNotice write={confirm} />
      <WriteNotice write={release} />
    </Notice>
  )
}

function Ended({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const reasonName = useReasonName()
  const me = useMe()
  const { state, cancelled } = appointment
  const title =
    state === 'declined'
      ? t('appointment.declinedText')
      : state === 'released'
        ? t('appointment.releasedText')
        : t('scheduling.isCancelled')
  const proposed = (appointment.proposed ?? []).filter((start) => new Date(start) > new Date())
  return (
    <>
      <Notice kind={state === 'cancelled' ? 'bad' : 'warning'} live title={title}>
        {cancelled && (
          <p>
            {[
              shortMoment(cancelled.at, language),
              cancelled.by,
              cancelled.reason && reasonName(cancelled.reason),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
        {cancelled?.late && <p>{t('appointment.late')}</p>}
        {appointment.next ? (
          <>
            <p>{t('appointment.next')}</p>
            <div>
              <Link
                to="/appointments/$appointment"
                params={{ appointment: appointment.next }}
                className="button-link button-link-light"
              >
                {t('appointment.openNext')}
              </Link>
            </div>
          </>
        ) : (
          canBook(me) &&
          proposed.length === 0 && (
            <div>
              <BookAgain appointment={appointment} />
            </div>
          )
        )}
      </Notice>
      {proposed.length > 0 && !appointment.next && manages(me, appointment) && (
        <Proposed appointment={appointment} proposed={proposed} />
      )}
    </>
  )
}

function BookAgain({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  return (
    <Link
      to="/appointments/new"
      search={{
        doctor: appointment.doctor.person,
        unit: appointment.unit,
        mode: appointment.mode,
        case: appointment.case,
      }}
      className="button-link button-link-light"
    >
      {t('appointment.bookAgain')}
    </Link>
  )
}

/** The times that the doctor proposed instead: one tap books. */
function Proposed({ appointment, proposed }: { appointment: Appointment; proposed: string[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const take = useTakeProposed(appointment.id, ({ id }) =>
    navigate({ to: '/appointments/$appointment/booked', params: { appointment: id } }),
  )
  const length = Date.parse(appointment.end) - Date.parse(appointment.start)
  const taken = takenOf(take.problem)
  const names = taken?.taken.map((one) => one.name).join(', ') ?? ''
  return (
    <section className="stack" aria-labelledby="proposed">
      <h2 id="proposed">{t('appointment.proposedTitle')}</h2>
      <p className="quiet">{t('appointment.proposedHint')}</p>
      <ul className="plain-list stack-small">
        {proposed.map((start) => (
          <li key={start}>
            <button
              type="button"
              className="time time-long"
              aria-disabled={take.busy}
              onClick={() => take.start(start)}
            >
              <When slot={{ start, end: new Date(Date.parse(start) + length).toISOString() }} />
            </button>
          </li>
        ))}
      </ul>
      {taken && take.problem ? (
        <Notice
          kind="bad"
          live
          title={names === '' ? problemText(take.problem) : t('booking.takenBy', { names })}
        >
          <QuotaUsed problem={take.problem} />
          {taken.next.length > 0 && (
            <>
              <p>{t('booking.nextTimes')}:</p>
              <ul>
                {taken.next.map((slot) => (
                  <li key={slot.start}>
                    <When slot={slot} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      ) : (
        <WriteNotice write={take} />
      )}
      <div>
        <BookAgain appointment={appointment} />
      </div>
    </section>
  )
}
