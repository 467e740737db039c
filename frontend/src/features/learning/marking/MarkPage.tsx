import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Prose } from '../../../shared/ui/Prose'
import { type Marking, markingQuery } from './api'
import { MarkForm } from './MarkForm'
import { Neighbours } from './Neighbours'
import { ReservationNotice, useReservation } from './Reservation'
import { Rounds, RoundText, Words } from './Rounds'
import './marking.css'

const route = getRouteApi('/in/feedback-queue/$submission')

export function MarkPage() {
  const { submission } = route.useParams()
  const language = useLanguage()
  const query = useQuery(markingQuery(submission, language))
  return (
    <LoadedPage query={query}>
      {(marking) => <MarkView key={`${marking.submission} ${marking.what}`} marking={marking} />}
    </LoadedPage>
  )
}

function MarkView({ marking }: { marking: Marking }) {
  const { t } = useTranslation()
  const reservation = useReservation(marking)
  const text = useRef<HTMLDivElement>(null)
  const whole = marking.what === 'first' || marking.what === 'second'
  const round = marking.rounds.find(({ submission }) => submission === marking.submission)
  const earlier = marking.rounds.filter(
    (other) => other.submission !== marking.submission && other.step === round?.step,
  )
  return (
    <Page
      title={marking.title}
      eyebrow={`${marking.name} · ${marking.cohortName}`}
      back={{ to: '/feedback-queue', text: t('marking.toQueue') }}
      lead={t('marking.viewLogged')}
      aside={<Neighbours submission={marking.submission} />}
    >
      <details className="card rubric">
        <summary>
          <h2>{t('marking.assignment')}</h2>
        </summary>
        <Prose html={marking.html} language={marking.language} />
      </details>
      <div className="mark-columns">
        <div className="stack-wide">
          {whole ? (
            <Whole marking={marking} />
          ) : (
            round && (
              <MarkForm
                marking={marking}
                round={round}
                may={reservation.mine && !marking.marked}
                textRef={text}
                onMarked={reservation.done}
                notice={<ReservationNotice marked={marking.marked} reservation={reservation} />}
              />
            )
          )}
          {!whole && earlier.length > 0 && (
            <section className="stack" aria-labelledby="earlier">
              <h2 id="earlier">{t('marking.earlier')}</h2>
              <Rounds rounds={earlier} rubric={marking.rubric} />
            </section>
          )}
        </div>
        {whole && (
          <div className="stack-wide mark-side">
            <ReservationNotice marked={marking.marked} reservation={reservation} />
            <MarkForm
              marking={marking}
              may={reservation.mine && !marking.marked}
              textRef={text}
              onMarked={reservation.done}
            />
          </div>
        )}
      </div>
    </Page>
  )
}

/** A whole development task: its steps as they were approved, and what the first approver said. */
function Whole({ marking }: { marking: Marking }) {
  const { t } = useTranslation()
  const development = marking.development
  return (
    <section className="stack" aria-labelledby="whole">
      <h2 id="whole">{t('marking.whole')}</h2>
      {development?.first && (
        <Words given={development.first} rubric={marking.rubric} title={t('marking.firstApproval')} />
      )}
      {development?.steps.map((step, n) => {
        const newest = step.rounds.at(-1)
        return (
          newest && (
            <details key={step.id} className="card round" open>
              <summary>
                <h3>
                  {step.title
                    ? t('marking.step', { number: n + 1, title: step.title })
                    : t('marking.onlyStep')}
                </h3>
              </summary>
              <div className="stack">
                <RoundText round={newest} rubric={marking.rubric} />
              </div>
            </details>
          )
        )
      })}
    </section>
  )
}
