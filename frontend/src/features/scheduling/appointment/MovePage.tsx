import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { addDays, clockRange, dayOf, longDay } from '../../../shared/dates/dates'
import type { Problem } from '../../../shared/http/problem'
import { useProblemText } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Dialog } from '../../../shared/ui/Dialog'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Loaded, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Appointment, appointmentQuery, type Slot } from '../api'
import { takenOf } from '../booking/api'
import { EmptyDays, NoTimes } from '../booking/Reasons'
import { TimeList } from '../booking/TimeList'
import { QuotaUsed } from '../QuotaUsed'
import { When } from '../When'
import { moveTimesQuery, useMove } from './api'
import '../scheduling.css'
import '../booking/booking.css'

const route = getRouteApi('/in/appointments/$appointment/move')
const AHEAD = 91

/** Another time for an appointment: the old one stays until the new one is certain. */
export function MovePage() {
  const { appointment } = route.useParams()
  const query = useQuery(appointmentQuery(appointment))
  return <LoadedPage query={query}>{(data) => <Move appointment={data} />}</LoadedPage>
}

function Move({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = route.useNavigate()
  const today = dayOf(new Date())
  const query = useQuery(moveTimesQuery(appointment.id, today, addDays(today, AHEAD)))
  const [chosen, setChosen] = useState<Slot>()
  const move = useMove(appointment.id, () =>
    navigate({ to: '/appointments/$appointment', params: { appointment: appointment.id } }),
  )

  function choose(slot: Slot) {
    move.reset()
    setChosen(slot)
  }

  return (
    <Page
      title={t('appointment.moveTitle')}
      back={{
        to: '/appointments/$appointment',
        params: { appointment: appointment.id },
        text: t('appointment.back'),
      }}
      lead={t('appointment.moveLead', {
        when: `${longDay(dayOf(appointment.start), language)} ${t('scheduling.atClock', { range: clockRange(appointment.start, appointment.end, language) })}`,
      })}
    >
      <Loaded query={query}>
        {(times) => (
          <div className="stack-wide">
            {times.days.length === 0 ? (
              <NoTimes times={times} />
            ) : (
              <TimeList times={times} place={appointment.unitName} onChoose={choose} />
            )}
            <EmptyDays times={times} />
          </div>
        )}
      </Loaded>
      {chosen &&
        (move.problem && !move.problem.temporary ? (
          <Refused problem={move.problem} onChoose={choose} onClose={() => setChosen(undefined)} />
        ) : (
          <Dialog
            title={t('appointment.moveConfirmTitle')}
            onClose={() => setChosen(undefined)}
            actions={
              <>
                <Button aria-disabled={move.busy} onClick={() => move.start(chosen.start)}>
                  {t('appointment.moveConfirm')}
                </Button>
                <Button variant="secondary" onClick={() => setChosen(undefined)}>
                  {t('common.cancel')}
                </Button>
              </>
            }
          >
            <dl className="facts">
              <dt>{t('appointment.moveTo')}</dt>
              <dd className="book-when">
                <When slot={chosen} />
              </dd>
              <dt>{t('appointment.moveFrom')}</dt>
              <dd>
                <When slot={appointment} />
              </dd>
            </dl>
            <WriteNotice write={move} />
          </Dialog>
        ))}
    </Page>
  )
}

function Refused({
  problem,
  onChoose,
  onClose,
}: {
  problem: Problem
  onChoose: (slot: Slot) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const taken = takenOf(problem)
  const names = taken?.taken.map((one) => one.name).join(', ') ?? ''
  return (
    <Dialog
      title={t('appointment.moveTakenTitle')}
      onClose={onClose}
      actions={
        <Button variant="secondary" onClick={onClose}>
          {t('booking.otherTimes')}
        </Button>
      }
    >
      <Notice
        kind="warning"
        live
        title={names === '' ? problemText(problem) : t('booking.takenBy', { names })}
      >
        <p>{t('appointment.moveKept')}</p>
        <QuotaUsed problem={problem} />
      </Notice>
      {taken && taken.next.length > 0 && (
        <>
          <h3>{t('booking.nextTimes')}</h3>
          <ul className="plain-list stack-small">
            {taken.next.map((slot) => (
              <li key={slot.start}>
                <button type="button" className="time time-long" onClick={() => onChoose(slot)}>
                  <When slot={slot} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
