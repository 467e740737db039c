import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { clockRange, dayOf, weekdayDay } from '../../../shared/dates/dates'
import { useProblemText } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Notice } from '../../../shared/ui/states'
import { QuestionLines } from '../cases/QuestionCard'
import { StandsInFor } from '../deputies/StandIn'
import { useModeName } from '../names'
import { AnswerBy } from './AnswerBy'
import type { AskedQuestion, Asking } from './api'
import { OtherTimes } from './OtherTimes'
import { type AnswerQueue, type Choice, DECLINE_REASONS, type Given } from './queue'
import { useChoiceText, useShortWhen } from './words'

type Props = {
  asking: Asking
  question: AskedQuestion | undefined
  given: Given<Asking> | undefined
  queue: AnswerQueue<Asking>
  now: number
  withDoctor: boolean
}

/** One question to a doctor: when, where and what is asked, and the answer with one tap. */
export function AnswerCard({ asking, question, given, queue, now, withDoctor }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const problemText = useProblemText()
  const shortWhen = useShortWhen()
  const done = given !== undefined && given.state !== 'failed'
  const name = `when-${asking.id}`
  return (
    <article className={done ? `asking asking-${given.choice.answer}` : 'asking'} aria-labelledby={name}>
      <div className="asking-head">
        <h3 id={name} className="asking-when">
          <span className="asking-day">{weekdayDay(dayOf(asking.start), language)}</span>{' '}
          <span className="asking-clock">{clockRange(asking.start, asking.end, language)}</span>
        </h3>
        <Facts asking={asking} withDoctor={withDoctor} />
        {asking.movedFrom && (
          <p className="asking-moved">{t('today.movedFrom', { when: shortWhen(asking.movedFrom) })}</p>
        )}
        {!done && asking.expires && <AnswerBy until={asking.expires} />}
      </div>
      {question && <QuestionLines question={question} />}
      {given?.state === 'failed' && given.problem && (
        <Notice kind="bad" live title={t('today.answerLost', { when: shortWhen(asking) })}>
          <p>{problemText(given.problem)}</p>
        </Notice>
      )}
      {done ? (
        <Answered given={given} queue={queue} now={now} />
      ) : (
        <Answers asking={asking} onGive={(choice) => queue.give(asking, choice)} />
      )}
    </article>
  )
}

function Facts({ asking, withDoctor }: { asking: Asking; withDoctor: boolean }) {
  const { t } = useTranslation()
  const modeName = useModeName()
  return (
    <div className="asking-facts">
      <p className="asking-where">
        {modeName(asking.mode)} · {asking.unitName}
      </p>
      <p className="quiet">
        {withDoctor && (
          <>
            <strong>{asking.doctor.name}</strong>
            {' · '}
          </>
        )}
        {asking.askedBy && (
          <>
            {t('today.askedBy', { name: asking.askedBy })}
            {' · '}
          </>
        )}
        <span className="nowrap">
          {t('scheduling.reference')} {asking.reference}
        </span>
      </p>
      <StandsInFor appointment={asking} />
    </div>
  )
}

type Panel = 'answers' | 'times' | 'reasons'

function Answers({ asking, onGive }: { asking: Asking; onGive: (choice: Choice) => void }) {
  const { t } = useTranslation()
  const [panel, setPanel] = useState<Panel>('answers')
  const moved = useRef(false)
  const title = useRef<HTMLParagraphElement>(null)
  const buttons = useRef<HTMLDivElement>(null)

  // The focus follows, but not onto a button: who holds Enter would press that one too.
  useEffect(() => {
    if (!moved.current) return
    if (panel === 'answers') buttons.current?.querySelector('button')?.focus({ preventScroll: true })
    else title.current?.focus({ preventScroll: true })
  }, [panel])

  const go = (to: Panel) => {
    moved.current = true
    setPanel(to)
  }
  const about = `when-${asking.id}`
  if (panel === 'times')
    return (
      <div className="asking-panel">
        <p ref={title} tabIndex={-1} className="asking-question">
          {t('today.whichTimes')}
        </p>
        <OtherTimes
          asking={asking}
          onPropose={(proposed) => onGive({ answer: 'declined', reason: 'no_time', proposed })}
          onBack={() => go('answers')}
        />
      </div>
    )
  if (panel === 'reasons')
    return (
      <div className="asking-panel">
        <p ref={title} tabIndex={-1} className="asking-question">
          {t('today.whyNot')}
        </p>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons */}
        <div className="asking-reasons" role="group" aria-label={t('today.whyNot')}>
          {DECLINE_REASONS.map((reason) => (
            <Button
              key={reason}
              variant="secondary"
              aria-describedby={about}
              onClick={() => onGive({ answer: 'declined', reason })}
            >
              {t(`today.reasons.${reason}`)}
            </Button>
          ))}
          <Button variant="secondaryNoBorder" onClick={() => go('answers')}>
            {t('today.back')}
          </Button>
        </div>
      </div>
    )
  return (
    <div ref={buttons} className="asking-buttons">
      <Button className="asking-yes" aria-describedby={about} onClick={() => onGive({ answer: 'accepted' })}>
        {t('today.yes')}
      </Button>
      <Button variant="secondary" aria-describedby={about} onClick={() => go('times')}>
        {t('today.other')}
      </Button>
      <Button variant="secondary" aria-describedby={about} onClick={() => go('reasons')}>
        {t('today.no')}
      </Button>
    </div>
  )
}

function Answered({ given, queue, now }: { given: Given<Asking>; queue: AnswerQueue<Asking>; now: number }) {
  const { t } = useTranslation()
  const choiceText = useChoiceText()
  const shortWhen = useShortWhen()
  const line = useRef<HTMLParagraphElement>(null)
  const { id } = given.about

  useEffect(() => line.current?.focus({ preventScroll: true }), [])

  const seconds = Math.max(0, Math.ceil((given.left ?? given.until - now) / 1000))
  return (
    <div className="answered">
      <p ref={line} tabIndex={-1} className="answered-what">
        <span aria-hidden="true">{given.choice.answer === 'accepted' ? '✓' : '→'}</span>{' '}
        {choiceText(given.choice)}
        {given.state === 'waiting' && <span className="visually-hidden">. {t('today.canUndo')}</span>}
      </p>
      {given.state === 'waiting' && (
        <button
          type="button"
          className="answered-undo"
          onClick={() => queue.undo(id)}
          onFocus={() => queue.hold(id)}
          onBlur={() => queue.resume(id)}
        >
          {t('today.undo')} <span aria-hidden="true">({seconds})</span>
          <span className="visually-hidden">: {shortWhen(given.about)}</span>
        </button>
      )}
      {given.state === 'sending' && <p className="quiet">{t('today.sending')}</p>}
      {given.state === 'sent' && <p className="answered-sent">{t('today.sent')}</p>}
    </div>
  )
}
