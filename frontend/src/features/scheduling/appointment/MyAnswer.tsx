import { useTranslation } from 'react-i18next'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import type { Appointment } from '../api'
import { ANSWERS, useAnswer } from './api'

/** The reader's own answer, one tap each; the doctor answers on the page of today. */
export function MyAnswer({ appointment, me }: { appointment: Appointment; me: string }) {
  const { t } = useTranslation()
  const answer = useAnswer(appointment.id)
  const mine = appointment.participants.find((one) => one.person === me)?.answer
  return (
    <section className="card stack" aria-labelledby="my-answer">
      <h2 id="my-answer">{t('appointment.mine')}</h2>
      <div className="answers">
        {ANSWERS.map((one) => (
          <button
            key={one}
            type="button"
            className="answer"
            aria-pressed={mine === one}
            aria-disabled={answer.busy}
            onClick={() => mine !== one && answer.start(one)}
          >
            {t(`appointment.say.${one}`)}
          </button>
        ))}
      </div>
      <p role="status" className={answer.output ? 'quiet' : 'visually-hidden'}>
        {answer.output && t('appointment.answered')}
      </p>
      <WriteNotice write={answer} />
    </section>
  )
}
