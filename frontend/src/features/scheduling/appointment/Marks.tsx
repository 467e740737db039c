import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import type { Appointment } from '../api'
import { MARKS, type Mark, useMark } from './api'
import { useStateName } from './names'

/** What became of the appointment, and a way back from a slip of the thumb. */
export function Marks({ appointment, marks }: { appointment: Appointment; marks: readonly Mark[] }) {
  const { t } = useTranslation()
  const stateName = useStateName()
  const mark = useMark(appointment.id)
  const others = MARKS.filter((one) => marks.includes(one) && one !== appointment.state)
  return (
    <section className="card stack" aria-labelledby="marks">
      <h2 id="marks">{t('appointment.happened')}</h2>
      {appointment.state !== 'booked' && (
        <Notice
          kind={appointment.state === 'noshow' ? 'warning' : 'good'}
          live
          title={t('appointment.marked', { state: stateName(appointment.state) })}
        >
          <div>
            <Button variant="secondary" aria-disabled={mark.busy} onClick={() => mark.start('booked')}>
              {t('appointment.undo')}
            </Button>
          </div>
        </Notice>
      )}
      <div className="answers">
        {others.map((one) => (
          <button
            key={one}
            type="button"
            className="answer"
            aria-disabled={mark.busy}
            onClick={() => mark.start(one)}
          >
            {t(`appointment.marks.${one}`)}
          </button>
        ))}
      </div>
      <WriteNotice write={mark} />
    </section>
  )
}
