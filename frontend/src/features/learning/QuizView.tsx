import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { DraftStatus } from '../../shared/drafts/DraftStatus'
import { useDraft } from '../../shared/drafts/useDraft'
import { Prose } from '../../shared/ui/Prose'
import { Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Activity, type ActivityViewProps, type Attempt, type Quiz, savePlace, useAttempt } from './api'
import { QuestionField } from './QuestionField'
import { QuizResult } from './QuizResult'
import { type Answers, isAnswered, readAnswers, toSend, unanswered, writeAnswers } from './quizAnswers'
import './quiz.css'

/** A quiz: its questions, or the last attempt with what was right and why, until the person tries again. */
export function QuizView({ activity }: ActivityViewProps) {
  return activity.quiz && <Questions activity={activity} quiz={activity.quiz} />
}

function Questions({ activity, quiz }: { activity: Activity; quiz: Quiz }) {
  const begun = Object.keys(readAnswers(activity.draft.text, quiz.questions)).length > 0
  const [attempt, setAttempt] = useState<Attempt | undefined>(begun ? undefined : quiz.last)
  const [draft, setDraft] = useState(activity.draft)
  const [round, setRound] = useState(0)
  return (
    <>
      {activity.html !== '' && <Prose html={activity.html} language={activity.language} />}
      {attempt ? (
        <QuizResult
          activity={activity}
          quiz={quiz}
          attempt={attempt}
          onRetry={() => {
            setAttempt(undefined)
            setRound(round + 1)
          }}
        />
      ) : (
        <QuizForm
          key={round}
          activity={{ ...activity, draft }}
          quiz={quiz}
          onAnswered={(answered) => {
            setDraft({ rev: 0, text: '' })
            setAttempt(answered)
          }}
        />
      )}
    </>
  )
}

function QuizForm({
  activity,
  quiz,
  onAnswered,
}: {
  activity: Activity
  quiz: Quiz
  onAnswered: (attempt: Attempt) => void
}) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const [asked, setAsked] = useState(false)
  const { state, keeper } = useDraft(`${activity.course}.${activity.id}`, activity.draft)
  const answers = readAnswers(state.text, quiz.questions)
  const missing = unanswered(quiz.questions, answers)
  const attempt = useAttempt(
    { course: activity.course, activity: activity.id },
    (done) => {
      keeper.submitted()
      onAnswered(done)
    },
    () => keeper.release(),
  )

  const reached = missing[0] === undefined ? quiz.questions.length - 1 : quiz.questions.indexOf(missing[0])
  const startAt = useRef(reached)
  useEffect(() => {
    if (startAt.current === 0) return
    form.current?.querySelectorAll('.question')[startAt.current]?.scrollIntoView({ block: 'center' })
  }, [])
  useEffect(() => {
    savePlace(activity.course, activity.id, reached)
  }, [activity.course, activity.id, reached])

  function answer(question: string, value: string[] | string) {
    const changed: Answers = { ...answers, [question]: value }
    if (!isAnswered(value)) delete changed[question]
    keeper.type(writeAnswers(changed))
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
    if (status.kind === 'conflict') keeper.release()
    else attempt.start(toSend(quiz.questions, readAnswers(text, quiz.questions)))
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
      <p>
        {t('quiz.intro', { count: quiz.questions.length })}{' '}
        {t('quiz.passLimit', { pass: quiz.pass, max: quiz.max })}
      </p>
      <ol className="questions plain-list" lang={activity.language}>
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
      <DraftStatus
        state={state}
        keeper={keeper}
        show={(text) => <AnswersShown quiz={quiz} answers={readAnswers(text, quiz.questions)} />}
      />
      {asked && missing.length > 0 && (
        <Notice
          kind="bad"
          live
          title={t('quiz.missing', {
            count: missing.length,
            numbers: missing.map((question) => quiz.questions.indexOf(question) + 1).join(', '),
          })}
        />
      )}
      <WriteNotice write={attempt} />
      <div>
        <Button type="submit" aria-disabled={attempt.busy}>
          {t('quiz.send')}
        </Button>
      </div>
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
  return (
    <ol className="answers-shown">
      {quiz.questions.map((question) => {
        const answer = answers[question.id]
        const text =
          typeof answer === 'string'
            ? answer
            : question.options
                .filter((option) => answer?.includes(option.id))
                .map((option) => option.text)
                .join('; ')
        return <li key={question.id}>{text === '' ? <em>{t('quiz.noAnswer')}</em> : text}</li>
      })}
    </ol>
  )
}
