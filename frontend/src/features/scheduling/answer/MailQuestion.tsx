import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { asProblem, type Problem } from '../../../shared/http/problem'
import { followLanguage } from '../../../shared/i18n/i18n'
import { isLanguage } from '../../../shared/i18n/languages'
import { Failed, Loading, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { useModeName } from '../names'
import { AnswerBy } from '../today/AnswerBy'
import { DECLINE_REASONS } from '../today/queue'
import { TimeChips } from '../today/TimeChips'
import { When } from '../When'
import { type AskedByMail, askedQuery, type MailAnswer, useAnswerByMail } from './api'
import '../scheduling.css'
import '../today/today.css'
import './answer.css'

/** What a mail asks: when and where, and the answer; or why it can not be answered any more. */
export function MailQuestion({ link }: { link: string }) {
  const [given, setGiven] = useState<MailAnswer>()
  const query = useQuery({ ...askedQuery(link), enabled: given === undefined })
  const language = query.data?.language

  // The mail was in the reader's language; the switch above changes it from there.
  useEffect(() => {
    if (isLanguage(language)) void followLanguage(language)
  }, [language])

  if (query.data) return <Question link={link} asked={query.data} onGiven={setGiven} given={given} />
  if (query.isError) return <Closed problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  return <Loading />
}

/** Why the link does not serve, in words. */
function Closed({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t } = useTranslation()
  const why = CLOSED.find((code) => code === problem.code)
  if (why === undefined) return <Failed problem={problem} onRetry={onRetry} />
  return (
    <>
      <Notice kind={why === 'link_used' ? 'info' : 'warning'} live title={t(`answer.closed.${why}.title`)}>
        <p>{t(`answer.closed.${why}.text`)}</p>
      </Notice>
      <p>
        <Link to="/">{t('answer.signIn')}</Link>
      </p>
    </>
  )
}

const CLOSED = [
  'link_used',
  'link_expired',
  'link_invalid',
  'already_cancelled',
  'hold_expired',
  'not_now',
] as const

function Question({
  link,
  asked,
  given,
  onGiven,
}: {
  link: string
  asked: AskedByMail
  given: MailAnswer | undefined
  onGiven: (answer: MailAnswer) => void
}) {
  const { t } = useTranslation()
  const modeName = useModeName()
  const write = useAnswerByMail(link)
  const give = (answer: MailAnswer) => write.start(answer)
  const sent = useRef<MailAnswer>(undefined)
  const answered = write.output !== undefined

  useEffect(() => {
    if (answered && sent.current) onGiven(sent.current)
  }, [answered, onGiven])

  const closed = CLOSED.some((code) => code === write.problem?.code)
  return (
    <>
      <div className="card answer-about">
        <p className="book-when">
          <When slot={asked} withYear />
        </p>
        <p>
          {modeName(asked.mode)} · {asked.unitName}
        </p>
        <p className="quiet">{t('answer.noClient')}</p>
      </div>
      {given ? (
        <Thanks asked={asked} given={given} />
      ) : closed && write.problem ? (
        <Closed problem={write.problem} onRetry={write.reset} />
      ) : (
        <section className="stack" aria-labelledby="question">
          <h2 id="question">{t(asked.doctor ? 'answer.suits' : 'answer.coming')}</h2>
          {asked.until && <AnswerBy until={asked.until} />}
          {asked.answer !== 'awaiting' && <p>{t(`answer.now.${nowOf(asked.answer)}`)}</p>}
          <Answers
            asked={asked}
            busy={write.busy}
            onGive={(answer) => {
              sent.current = answer
              give(answer)
            }}
          />
          <WriteNotice write={write} />
        </section>
      )}
    </>
  )
}

function nowOf(answer: string): 'accepted' | 'tentative' | 'declined' {
  return answer === 'tentative' || answer === 'declined' ? answer : 'accepted'
}

function Answers({
  asked,
  busy,
  onGive,
}: {
  asked: AskedByMail
  busy: boolean
  onGive: (answer: MailAnswer) => void
}) {
  const { t } = useTranslation()
  const [panel, setPanel] = useState<'answers' | 'times' | 'declining'>('answers')
  const [chosen, setChosen] = useState<string[]>([])
  const title = useRef<HTMLParagraphElement>(null)

  useEffect(() => {
    if (panel !== 'answers') title.current?.focus()
  }, [panel])

  const back = (
    <Button variant="secondaryNoBorder" onClick={() => setPanel('answers')}>
      {t('today.back')}
    </Button>
  )
  if (panel === 'times')
    return (
      <div className="stack">
        <p ref={title} tabIndex={-1} className="asking-question">
          {t('today.whichTimes')}
        </p>
        <TimeChips times={asked.times} chosen={chosen} onChange={setChosen} />
        <div className="row">
          <Button
            aria-disabled={busy || chosen.length === 0}
            onClick={() =>
              chosen.length > 0 && onGive({ answer: 'declined', reason: 'no_time', proposed: chosen })
            }
          >
            {chosen.length === 0 ? t('today.propose') : t('today.proposeCount', { count: chosen.length })}
          </Button>
          {back}
        </div>
      </div>
    )
  if (panel === 'declining')
    return (
      <div className="stack">
        <p ref={title} tabIndex={-1} className="asking-question">
          {t(asked.doctor ? 'today.whyNot' : 'answer.sureNot')}
        </p>
        <div className="answer-buttons">
          {asked.doctor ? (
            DECLINE_REASONS.map((reason) => (
              <Button
                key={reason}
                variant="secondary"
                aria-disabled={busy}
                onClick={() => onGive({ answer: 'declined', reason })}
              >
                {t(`today.reasons.${reason}`)}
              </Button>
            ))
          ) : (
            <Button aria-disabled={busy} onClick={() => onGive({ answer: 'declined' })}>
              {t('answer.tellNot')}
            </Button>
          )}
          {back}
        </div>
      </div>
    )
  return (
    <div className="answer-buttons">
      <Button aria-disabled={busy} onClick={() => onGive({ answer: 'accepted' })}>
        {t(asked.doctor ? 'today.yes' : 'answer.yes')}
      </Button>
      {!asked.doctor && (
        <Button variant="secondary" aria-disabled={busy} onClick={() => onGive({ answer: 'tentative' })}>
          {t('answer.maybe')}
        </Button>
      )}
      {asked.doctor && asked.times.length > 0 && (
        <Button variant="secondary" aria-disabled={busy} onClick={() => setPanel('times')}>
          {t('today.other')}
        </Button>
      )}
      <Button variant="secondary" aria-disabled={busy} onClick={() => setPanel('declining')}>
        {t('today.no')}
      </Button>
    </div>
  )
}

function Thanks({ asked, given }: { asked: AskedByMail; given: MailAnswer }) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="stack answer-thanks" aria-labelledby="thanks">
      <h2 id="thanks" ref={heading} tabIndex={-1}>
        {t('answer.thanks')}
      </h2>
      <p>{t(thanksOf(asked, given))}</p>
      <p className="quiet">{t('answer.close')}</p>
    </section>
  )
}

function thanksOf(asked: AskedByMail, given: MailAnswer) {
  if (given.answer === 'tentative') return 'answer.done.tentative'
  if (given.answer === 'declined') {
    if (!asked.doctor) return 'answer.done.declined'
    return given.proposed?.length ? 'answer.done.proposed' : 'answer.done.doctorDeclined'
  }
  return asked.state === 'asked' && asked.doctor ? 'answer.done.doctorAccepted' : 'answer.done.accepted'
}
