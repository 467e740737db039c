import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { asProblem, type Problem } from '../../../shared/http/problem'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Prose } from '../../../shared/ui/Prose'
import { Failed, Notice } from '../../../shared/ui/states'
import { type Marking, markingQuery, queueQuery, release, reserve } from './api'
import { MarkForm } from './MarkForm'
import { Rounds, RoundText, Words } from './Rounds'
import './marking.css'

const route = getRouteApi('/in/feedback-queue/$submission')

/** How often a page that is open renews its reservation, which holds for half an hour. */
const RENEWAL = 5 * 60_000

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
                notice={<ReservationNotice marking={marking} reservation={reservation} />}
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
            <ReservationNotice marking={marking} reservation={reservation} />
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

type Reservation = {
  mine: boolean
  problem: Problem | undefined
  takeOver: () => void
  /** The feedback is given: there is nothing to put back any more. */
  done: () => void
}

/** Reserves the text while the page is open, and puts it back on leaving. */
function useReservation(marking: Marking): Reservation {
  const { submission, marked } = marking
  const [mine, setMine] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const held = useRef(false)

  const ask = useRef((takeOver: boolean) =>
    reserve(submission, takeOver).then(
      () => {
        held.current = true
        setMine(true)
        setProblem(undefined)
      },
      (error: unknown) => {
        const refused = asProblem(error)
        // Without network one goes on writing; the reservation is tried again.
        if (refused.temporary) return
        held.current = false
        setMine(false)
        setProblem(refused)
      },
    ),
  )

  useEffect(() => {
    if (marked) return
    void ask.current(false)
    const renewal = window.setInterval(() => held.current && void ask.current(false), RENEWAL)
    return () => {
      window.clearInterval(renewal)
      if (held.current) release(submission)
      held.current = false
    }
  }, [submission, marked])

  return {
    mine,
    problem,
    takeOver: () => void ask.current(true),
    done: () => {
      held.current = false
    },
  }
}

function ReservationNotice({ marking, reservation }: { marking: Marking; reservation: Reservation }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (marking.marked) return <Notice title={t('marking.marked')} />
  const { problem } = reservation
  if (!problem) return null
  const info = problem.info as { name?: string; until?: string; over?: boolean } | null | undefined
  if (problem.code !== 'reserved' || !info?.until) return <Failed problem={problem} />
  const words = { name: info.name || t('marking.someone'), until: shortMoment(info.until, language) }
  return (
    <Notice kind="warning" live title={info.over ? t('marking.takenOver', words) : t('marking.taken', words)}>
      {info.over && (
        <div>
          <Button variant="secondary" onClick={reservation.takeOver}>
            {t('marking.takeOver')}
          </Button>
        </div>
      )}
    </Notice>
  )
}

/** The texts before and after this one in the queue. */
function Neighbours({ submission }: { submission: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queue = useQuery(queueQuery(language)).data?.entries ?? []
  const at = queue.findIndex((entry) => entry.submission === submission)
  const previous = queue[at - 1]
  const next = queue[at + 1]
  if (at < 0 || queue.length < 2) return null
  return (
    <nav className="row mark-neighbours" aria-label={t('marking.neighbours')}>
      {previous && (
        <Link to="/feedback-queue/$submission" params={{ submission: previous.submission }}>
          ← {t('marking.previous')}
        </Link>
      )}
      <span className="quiet">{t('marking.place', { at: at + 1, count: queue.length })}</span>
      {next && (
        <Link to="/feedback-queue/$submission" params={{ submission: next.submission }}>
          {t('marking.next')} →
        </Link>
      )}
    </nav>
  )
}
