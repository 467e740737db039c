import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { DraftStatus } from '../../shared/drafts/DraftStatus'
import { useDraft } from '../../shared/drafts/useDraft'
import { currentPerson } from '../../shared/session/person'
import { Notice } from '../../shared/ui/states'
import { type Activity, type Attempt, type Quiz, savePlace, useAttempt } from './api'
import { Countdown } from './Countdown'
import { FormEnd } from './FormEnd'
import { draftGone } from './GoneNotice'
import { setAsideLate } from './late'
import { QuestionField } from './QuestionField'
import {
  type Answer,
  type Answers,
  answerInWords,
  isBegun,
  readAnswers,
  toSend,
  unanswered,
  writeAnswers,
} from './quizAnswers'
import { useTruth } from './truth'

/** Refusals that mean that the attempt is not open any more: the page has to look what became of it. */
const OVER = ['time_over', 'attempt_over', 'not_started']

type Props = {
  activity: Activity
  quiz: Quiz
  open: Quiz['open']
  onAnswered: (attempt: Attempt) => void
  onOver: () => Promise<unknown>
}

/** The questions of an attempt. Answers are saved as they are given; when the time is over they are handed in as they are. */
export function QuizForm({ activity, quiz, open, onAnswered, onOver }: Props) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const [asked, setAsked] = useState(false)
  const [over, setOver] = useState(false)
  useState(
    () => open && setAsideLate(currentPerson() ?? '', `${activity.course}.${activity.id}`, open.attempt),
  )
  const { state, keeper } = useDraft(`${activity.course}.${activity.id}`, activity.draft)
  const answers = readAnswers(state.text, quiz.questions, open?.attempt)
  const missing = unanswered(quiz.questions, answers)
  const attempt = useAttempt(
    { course: activity.course, activity: activity.id },
    (done) => {
      keeper.submitted()
      onAnswered(done)
    },
    (problem) => {
      if (OVER.includes(problem.code)) {
        keeper.tooLate()
        void onOver()
      } else keeper.release()
    },
    () => keeper.submitted(),
  )

  // Another device handed the attempt in, or its time was over while this one slept.
  const gone = state.status.kind === 'refused' && OVER.includes(state.status.problem.code)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is over once
  useEffect(() => {
    if (!gone) return
    keeper.tooLate()
    void onOver()
  }, [gone])

  const reached = missing[0] === undefined ? quiz.questions.length - 1 : quiz.questions.indexOf(missing[0])
  const startAt = useRef(reached)
  useEffect(() => {
    if (startAt.current === 0) return
    form.current?.querySelectorAll('.question')[startAt.current]?.scrollIntoView({ block: 'center' })
  }, [])
  useEffect(() => {
    savePlace(activity.course, activity.id, reached)
  }, [activity.course, activity.id, reached])

  function answer(question: string, value: Answer) {
    if (over) return
    const changed: Answers = { ...answers, [question]: value }
    if (!isBegun(value)) delete changed[question]
    keeper.type(writeAnswers(changed, open?.attempt))
  }

  function send() {
    setAsked(true)
    const first = missing[0]
    if (first !== undefined) {
      focusOn(form.current?.elements.namedItem(first.id))
      return
    }
    if (state.status.kind !== 'conflict') void handIn()
  }

  async function handIn() {
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict' && !over) keeper.release()
    else {
      attempt.start({
        ...(open && { attempt: open.attempt }),
        answers: toSend(quiz.questions, readAnswers(text, quiz.questions, open?.attempt)),
      })
    }
  }

  return (
    <form
      ref={form}
      className="quiz"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {open?.ends && (
        <Countdown
          ends={open.ends}
          onEnd={() => {
            setOver(true)
            void handIn()
          }}
        />
      )}
      <p>
        {t('quiz.intro', { count: quiz.questions.length })}{' '}
        {t('quiz.passLimit', { pass: quiz.pass, max: quiz.max })}
      </p>
      <ol className="questions plain-list" lang={activity.language} inert={over}>
        {quiz.questions.map((question, index) => (
          <li key={question.id} className="card question">
            <QuestionField
              question={question}
              number={index + 1}
              of={quiz.questions.length}
              answer={answers[question.id]}
              missing={asked && missing.includes(question)}
              onAnswer={(value) => answer(question.id, value)}
            />
          </li>
        ))}
      </ol>
      {!over && !draftGone(state) && (
        <DraftStatus
          state={state}
          keeper={keeper}
          show={(text) => (
            <AnswersShown quiz={quiz} answers={readAnswers(text, quiz.questions, open?.attempt)} />
          )}
        />
      )}
      {asked && missing.length > 0 && !over && (
        <Notice
          kind="bad"
          live
          title={t('quiz.missing', {
            count: missing.length,
            numbers: missing.map((question) => quiz.questions.indexOf(question) + 1).join(', '),
          })}
        />
      )}
      {over && (
        <Notice kind="info" live title={t('quiz.timeOver')}>
          <p>{t('quiz.timeOverText')}</p>
        </Notice>
      )}
      <FormEnd course={activity.course} write={attempt} draft={state}>
        {!over && (
          <Button type="submit" aria-disabled={attempt.busy}>
            {t('quiz.send')}
          </Button>
        )}
      </FormEnd>
    </form>
  )
}

/** The first field of a question: the choices of one share their name. */
function focusOn(named: RadioNodeList | Element | null | undefined) {
  const field = named instanceof RadioNodeList ? named[0] : named
  if (field instanceof HTMLElement) field.focus()
}

function AnswersShown({ quiz, answers }: { quiz: Quiz; answers: Answers }) {
  const { t } = useTranslation()
  const truth = useTruth()
  return (
    <ol className="answers-shown">
      {quiz.questions.map((question) => {
        const text = answerInWords(question, answers[question.id], truth)
        return <li key={question.id}>{text === '' ? <em>{t('quiz.noAnswer')}</em> : text}</li>
      })}
    </ol>
  )
}
