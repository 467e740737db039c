import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clockRange, dayOf, longDay, shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { type Appointment, appointmentQuery } from '../api'
import { useModeName } from '../names'
import { When } from '../When'
import { useSeatRole } from './seatNames'
import '../scheduling.css'
import './booking.css'

const route = getRouteApi('/in/appointments/$appointment/booked')

/** What comes right after booking: that it is done, the message for the client, and the calendar. */
export function BookedPage() {
  const { appointment } = route.useParams()
  const query = useQuery(appointmentQuery(appointment))
  return <LoadedPage query={query}>{(data) => <Booked appointment={data} />}</LoadedPage>
}

function Booked({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const modeName = useModeName()
  const asked = appointment.state === 'asked'
  return (
    <Page
      title={asked ? t('booking.askedTitle') : t('booking.bookedTitle')}
      eyebrow={`${t('scheduling.reference')} ${appointment.reference}`}
      width="text"
    >
      <section className="card booked">
        <span className="booked-sign" aria-hidden="true">
          {asked ? '…' : '✓'}
        </span>
        <div>
          <p className="sheet-when">
            <When slot={appointment} withYear />
          </p>
          <p className="quiet">
            {modeName(appointment.mode)} · {appointment.unitName} · {appointment.doctor.name}
          </p>
        </div>
      </section>
      {asked ? (
        <div className="stack">
          <p>{t('booking.askedText')}</p>
          {appointment.expires && (
            <p>{t('booking.askedUntil', { at: shortMoment(appointment.expires, language) })}</p>
          )}
        </div>
      ) : (
        <Message appointment={appointment} />
      )}
      <div className="booked-links">
        {!asked && (
          <a
            className="button-link button-link-light"
            href={`/api/appointments/${encodeURIComponent(appointment.id)}/calendar`}
            download="luotsi.ics"
          >
            {t('scheduling.addToCalendar')}
          </a>
        )}
        <Link
          to="/appointments/$appointment"
          params={{ appointment: appointment.id }}
          className="button-link button-link-light"
        >
          {t('booking.toAppointment')}
        </Link>
        <Link to="/appointments/new" className="button-link button-link-light">
          {t('booking.bookAnother')}
        </Link>
      </div>
    </Page>
  )
}

function Message({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const text = useClientMessage(appointment)
  const box = useRef<HTMLParagraphElement>(null)
  const [state, setState] = useState<'copied' | 'failed'>()
  const id = useId()

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      if (box.current) getSelection()?.selectAllChildren(box.current)
      setState('failed')
    }
  }

  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{t('booking.message')}</h2>
      <p className="message" ref={box}>
        {text}
      </p>
      <Button className="booked-main" onClick={() => void copy()}>
        {t('booking.copyMessage')}
      </Button>
      <p role="status" className={state === 'copied' ? 'copied' : 'quiet'}>
        {state === 'copied' && t('booking.copied')}
        {state === 'failed' && t('booking.copyFailed')}
      </p>
      <p className="quiet">{t('booking.messageHint')}</p>
    </section>
  )
}

/** The message for the client, in the page's language: when, where, with whom, and what to do when it does not suit. */
function useClientMessage(appointment: Appointment): string {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const role = useSeatRole()
  const when = `${longDay(dayOf(appointment.start), language, true)} ${t('scheduling.atClock', {
    range: clockRange(appointment.start, appointment.end, language),
  })}`
  const where =
    appointment.mode === 'phone'
      ? t('booking.text.phone')
      : appointment.mode === 'video'
        ? t('booking.text.video')
        : t('booking.text.onSite', { unit: appointment.unitName })
  const names = appointment.participants
    .filter((one) => one.name !== '' && one.role !== 'room')
    .map((one) => `${role(one.role)} ${one.name}`)
    .join(', ')
  return [
    t('booking.text.greeting'),
    '',
    t('booking.text.when', { when }),
    where,
    t('booking.text.people', { names }),
    '',
    t('booking.text.cancel'),
    '',
    t('booking.text.bye', { name: me.name }),
  ].join('\n')
}
