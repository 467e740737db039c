import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../shared/i18n/languages'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Loaded } from '../../../shared/ui/states'
import { type Appointment, appointmentQuery } from '../api'
import { caseTextsQuery } from '../cases/api'
import { useModeName } from '../names'
import { When } from '../When'
import { Choices } from './Choices'
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
      <section className={asked ? 'card booked booked-asked' : 'card booked'}>
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

/** The message for the client, as the server words it: short enough for a text message, in the client's language. */
function Message({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const own = useLanguage()
  const [language, setLanguage] = useState<Language>(own)
  const query = useQuery({
    ...caseTextsQuery(appointment.case, appointment.id, language),
    placeholderData: keepPreviousData,
  })
  const id = useId()
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{t('booking.message')}</h2>
      <Loaded query={query}>
        {({ clientMessage }) => <Text key={clientMessage} text={clientMessage} />}
      </Loaded>
      <Choices
        legend={t('booking.messageLanguage')}
        value={language}
        options={LANGUAGES.map((one) => ({ value: one, text: LANGUAGE_NAMES[one] }))}
        onChange={setLanguage}
      />
      <p className="quiet">{t('booking.messageHint')}</p>
    </section>
  )
}

function Text({ text }: { text: string }) {
  const { t } = useTranslation()
  const box = useRef<HTMLParagraphElement>(null)
  const [state, setState] = useState<'copied' | 'failed'>()

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
    <>
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
    </>
  )
}
