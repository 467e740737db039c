import { useState } from 'react'
import { Prose } from '../../shared/ui/Prose'
import { type Activity, type ActivityViewProps, type Attempt, type Quiz, useStartQuiz } from './api'
import { LateAnswers } from './LateAnswers'
import { QuizForm } from './QuizForm'
import { QuizResult } from './QuizResult'
import { QuizStart } from './QuizStart'
import { readAnswers } from './quizAnswers'
import './quiz.css'

/** A quiz: what it is before it is started, its questions, or the last attempt with what was right and why. */
export function QuizView({ activity, reload }: ActivityViewProps) {
  return activity.quiz && <Stage activity={activity} quiz={activity.quiz} reload={reload} />
}

function Stage({ activity, quiz, reload }: ActivityViewProps & { quiz: Quiz }) {
  const [again, setAgain] = useState(
    () => !quiz.needsStart && Object.keys(readAnswers(activity.draft.text, quiz.questions)).length > 0,
  )
  const [done, setDone] = useState<Attempt>()
  const [draft, setDraft] = useState(activity.draft)
  const [round, setRound] = useState(0)
  const start = useStartQuiz({ course: activity.course, activity: activity.id }, async () => {
    await reload()
    setDone(undefined)
  })

  function answered(attempt: Attempt) {
    setDraft({ rev: 0, text: '' })
    setDone(attempt)
    setAgain(false)
    void reload()
  }

  function retry() {
    if (quiz.needsStart) start.start(undefined)
    else {
      setDone(undefined)
      setAgain(true)
      setRound(round + 1)
    }
  }

  const open = done === undefined ? quiz.open : undefined
  const result = done ?? quiz.last
  const form = (attempt: Quiz['open'], page: Activity) => (
    <QuizForm
      key={attempt?.attempt ?? round}
      activity={page}
      quiz={quiz}
      open={attempt}
      onAnswered={answered}
      onOver={async () => {
        await reload()
        setDone(undefined)
      }}
    />
  )
  return (
    <>
      {activity.html !== '' && <Prose html={activity.html} language={activity.language} />}
      <LateAnswers activity={activity} quiz={quiz} />
      {open ? (
        form(open, activity)
      ) : result && !again ? (
        <QuizResult
          activity={activity}
          quiz={quiz}
          attempt={result}
          isNew={done !== undefined}
          start={{ ...start, start: retry }}
        />
      ) : quiz.needsStart ? (
        <QuizStart course={activity.course} quiz={quiz} start={start} />
      ) : (
        form(undefined, { ...activity, draft })
      )}
    </>
  )
}
