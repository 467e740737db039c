import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { asProblem } from '../../../shared/http/problem'
import { useProblemText } from '../../../shared/http/useProblemText'
import { Failed, Loaded, Notice } from '../../../shared/ui/states'
import { AnswerCard } from './AnswerCard'
import { type AskedQuestion, type Asking, questionsQuery, unansweredQuery } from './api'
import type { Given } from './queue'
import { useAnswers } from './useAnswers'
import { useShortWhen } from './words'
import './today.css'

/** What waits for the reader's answer, or for the answers of the doctors whose calendars they keep. */
export function Unanswered({ ofDoctors = false }: { ofDoctors?: boolean }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const shortWhen = useShortWhen()
  const { queue, given } = useAnswers()
  const query = useQuery(unansweredQuery)
  const now = useSeconds([...given.values()].some((one) => one.state === 'waiting'))
  const listed = query.data?.appointments ?? []
  const questions = useQuestions(listed, !ofDoctors)
  const open = listed.filter(({ id }) => isOpen(given.get(id)))
  const lost = [...given.values()].filter(
    ({ about, state }) => state === 'failed' && query.isSuccess && !listed.some(({ id }) => id === about.id),
  )
  const sent = [...given.values()].filter(({ state }) => state === 'sent').at(-1)
  return (
    <section className="stack" aria-labelledby="unanswered">
      <h2 id="unanswered">
        {open.length === 0 ? t('today.unanswered') : t('today.unansweredCount', { count: open.length })}
      </h2>
      {lost.map(({ about, problem }) => (
        <Notice key={about.id} kind="bad" live title={t('today.answerLost', { when: shortWhen(about) })}>
          <p>{problem && problemText(problem)}</p>
          <div>
            <Button variant="secondary" onClick={() => queue.forget(about.id)}>
              {t('today.understood')}
            </Button>
          </div>
        </Notice>
      ))}
      {questions.failed && <Failed problem={questions.problem} onRetry={questions.again} />}
      <Loaded query={query}>
        {({ appointments }) => {
          const shown = withAnswered(appointments, given)
          return shown.length === 0 ? (
            <p className="card today-calm">
              <span className="today-calm-sign" aria-hidden="true">
                ✓
              </span>
              {t(ofDoctors ? 'today.nothingOfDoctors' : 'today.nothing')}
            </p>
          ) : (
            <ul className="plain-list stack">
              {shown.map((one) => (
                <li key={one.id}>
                  <AnswerCard
                    asking={one}
                    question={questions.known.get(one.id)}
                    given={given.get(one.id)}
                    queue={queue}
                    now={now}
                    withDoctor={ofDoctors}
                  />
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
      <p className="visually-hidden" role="status">
        {sent && t('today.sentNow', { when: shortWhen(sent.about) })}
      </p>
    </section>
  )
}

/** The questions, read once for all, and again only when another appointment has come. */
function useQuestions(listed: readonly Asking[], reads: boolean) {
  const [asked, setAsked] = useState<readonly string[]>([])
  const [known, setKnown] = useState<ReadonlyMap<string, AskedQuestion>>(new Map())
  const query = useQuery({ ...questionsQuery(asked), enabled: reads && asked.length > 0 })
  const ids = listed.map(({ id }) => id)
  if (reads && ids.some((id) => !asked.includes(id))) setAsked([...new Set([...asked, ...ids])].sort())
  const read = query.data?.questions
  useEffect(() => {
    // What was answered is not listed any more, but its card still stands.
    if (read)
      setKnown((before) => new Map([...before, ...read.map((one) => [one.appointment, one] as const)]))
  }, [read])
  return { known, failed: query.isError, problem: asProblem(query.error), again: () => void query.refetch() }
}

function isOpen(given: Given<Asking> | undefined): boolean {
  return given === undefined || given.state === 'failed'
}

/** What was answered on this visit stays in its place: nothing moves under a finger that is about to tap the next. */
function withAnswered(listed: readonly Asking[], given: ReadonlyMap<string, Given<Asking>>): Asking[] {
  const answered = [...given.values()]
    .filter(({ about, state }) => state !== 'failed' && !listed.some(({ id }) => id === about.id))
    .map(({ about }) => about)
  return [...listed, ...answered].sort(
    (a, b) =>
      (a.expires ?? a.start).localeCompare(b.expires ?? b.start) ||
      a.start.localeCompare(b.start) ||
      a.id.localeCompare(b.id),
  )
}

/** The clock, every half second while something counts down. */
function useSeconds(counting: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!counting) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [counting])
  return now
}
