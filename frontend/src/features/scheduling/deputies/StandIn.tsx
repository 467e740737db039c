import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import type { Appointment, Doctor } from '../api'
import { useAnswer } from '../appointment/api'
import { daysText } from './AbsenceSection'

/** For whom one answers, and what it means to say yes: on a day on which the doctor is away one comes oneself. */
export function StandsInFor({ appointment: { deputy, doctor } }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const me = useMe()
  if (!deputy) return null
  if (deputy.person !== me.id)
    return <p className="quiet">{t('standIn.deputyAnswers', { name: deputy.name })}</p>
  return (
    <p className="asking-for">
      <strong>{t('standIn.youFor', { name: doctor.name })}</strong>{' '}
      {t(deputy.takes ? 'standIn.youCome' : 'standIn.theyCome', { name: doctor.name })}
    </p>
  )
}

/** On the page of an appointment: who answered in the doctor's place, or who does while the doctor is away. */
export function StandInNotice({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const me = useMe()
  const language = useLanguage()
  const { deputy, doctor, state } = appointment
  const mine = deputy?.person === me.id
  const away = deputy && t('standIn.away', { name: doctor.name, day: shortDay(deputy.until, language) })
  return (
    <>
      <Answered appointment={appointment} />
      {deputy && state === 'asked' && (
        <Notice title={away}>
          {mine ? (
            <>
              <StandsInFor appointment={appointment} />
              <p>
                <Link to="/today">{t('standIn.answerToday')}</Link>
              </p>
            </>
          ) : (
            <StandsInFor appointment={appointment} />
          )}
        </Notice>
      )}
      {mine && deputy.takes && state === 'booked' && (
        <Notice kind="warning" title={t('standIn.nobodyComes', { name: doctor.name })}>
          <TakeOver appointment={appointment} />
        </Notice>
      )}
    </>
  )
}

function Answered({ appointment: { inPlace } }: { appointment: Appointment }) {
  const { t } = useTranslation()
  if (!inPlace) return null
  const kind = inPlace.takes
    ? 'standIn.took'
    : inPlace.answer === 'accepted'
      ? 'standIn.accepted'
      : inPlace.answer === 'declined'
        ? 'standIn.declined'
        : 'standIn.answered'
  return (
    <Notice title={t(kind, { by: inPlace.by || t('absences.gone'), of: inPlace.of || t('absences.gone') })} />
  )
}

/** An appointment that was booked before the doctor went away: the deputy comes instead. */
function TakeOver({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const answer = useAnswer(appointment.id)
  return (
    <>
      <p>{t('standIn.takeOverHelp')}</p>
      <div>
        <Button aria-disabled={answer.busy} onClick={() => !answer.busy && answer.start('accepted')}>
          {t('standIn.takeOver')}
        </Button>
      </div>
      <WriteNotice write={answer} />
    </>
  )
}

/** Tells before something is sent that the chosen doctor is away, and who gets it instead. */
export function AwayNotice({
  doctor,
  sends,
}: {
  doctor: Doctor | undefined
  sends: 'request' | 'question' | 'time'
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (!doctor?.away) return null
  const { deputyName } = doctor.away
  return (
    <Notice
      kind="warning"
      live
      title={t('standIn.isAway', { name: doctor.name, days: daysText(doctor.away, language) })}
    >
      <p>{deputyName ? t(`standIn.goes.${sends}`, { name: deputyName }) : t(`standIn.nobody.${sends}`)}</p>
    </Notice>
  )
}
