import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Notice } from '../../shared/ui/states'
import type { Activity, Attempt, Question, Quiz } from './api'
import { useGoOn } from './useGoOn'

type Props = { activity: Activity; quiz: Quiz; attempt: Attempt; onRetry: () => void }

/** An attempt: the points, then every question with what was chosen, whether it was right, and why. */
export function QuizResult({ activity, quiz, attempt, onRetry }: Props) {
  const { t } = useTranslation()
  const goOn = useGoOn(activity)
  const heading = useRef<HTMLHeadingElement>(null)
  const isNew = attempt.id !== quiz.last?.id

  useEffect(() => {
    if (isNew) heading.current?.focus()
  }, [isNew])

  return (
    <section className="quiz" aria-labelledby="result">
      <h2 id="result" ref={heading} tabIndex={-1}>
        {t('quiz.result', { points: attempt.points, max: attempt.max })}
      </h2>
      <Notice
        kind={attempt.passed ? 'good' : 'warning'}
        live
        title={attempt.passed ? t('quiz.passed') : t('quiz.notPassed', { pass: quiz.pass })}
      />
      <div className="row">
        {attempt.passed ? (
          <>
            <Button onClick={() => void goOn()}>
              {activity.next ? t('learning.goOn') : t('learning.toCourse')}
            </Button>
            <Button variant="secondary" onClick={onRetry}>
              {t('quiz.retry')}
            </Button>
          </>
        ) : (
          <Button onClick={onRetry}>{t('quiz.retry')}</Button>
        )}
      </div>
      <ol className="questions plain-list" lang={activity.language}>
        {quiz.questions.map((question, index) => (
          <li key={question.id} className="card question">
            <QuestionResult
              question={question}
              number={index + 1}
              of={quiz.questions.length}
              answer={attempt.answers.find((given) => given.question === question.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}

type Given = Attempt['answers'][number]

function QuestionResult({
  question,
  number,
  of,
  answer,
}: {
  question: Question
  number: number
  of: number
  answer: Given | undefined
}) {
  const { t, i18n } = useTranslation()
  if (answer === undefined) return <h3>{question.text}</h3>
  return (
    <div className="question-group">
      <p className="question-number" lang={i18n.language}>
        {t('quiz.questionOf', { number, of })}{' '}
        <span className={answer.correct ? 'tag tag-good' : 'tag tag-bad'}>
          {answer.correct ? `✓ ${t('quiz.right')}` : `✗ ${t('quiz.wrong')}`}
        </span>
      </p>
      <h3 className="question-text">{question.text}</h3>
      {question.type === 'text' && <p className="answer-text">{answer.text}</p>}
      {question.options.length > 0 && (
        <ul className="plain-list options-result">
          {question.options.map((option) => {
            const result = answer.options.find((one) => one.id === option.id)
            const wasChosen = answer.chosen.includes(option.id)
            return (
              <li key={option.id} className={optionClass(wasChosen, result?.correct)}>
                <span className="option-result-text">{option.text}</span>
                <span className="option-result-tags" lang={i18n.language}>
                  {wasChosen && <span className="tag">{t('quiz.youChose')}</span>}
                  {result?.correct && <span className="tag tag-good">✓ {t('quiz.rightAnswer')}</span>}
                </span>
                {result !== undefined && result.feedback !== '' && (wasChosen || result.correct) && (
                  <p className="option-feedback">{result.feedback}</p>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {answer.feedback && <p className="option-feedback">{answer.feedback}</p>}
    </div>
  )
}

function optionClass(chosen: boolean, correct: boolean | undefined): string {
  if (!chosen) return 'option-result'
  return correct ? 'option-result option-result-right' : 'option-result option-result-wrong'
}
