import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Loaded, Notice } from '../../shared/ui/states'
import { type Activity, type Attempt, attemptQuery, type Quiz, type StartWrite } from './api'
import { GoOn } from './GoOn'
import { QuestionResult } from './QuestionResult'
import { MayStart } from './QuizStart'

type Props = { activity: Activity; quiz: Quiz; attempt: Attempt; isNew: boolean; start: StartWrite }

/** An attempt that is over: the points, what to do next, then every question with what was answered, what is right, and why. */
export function QuizResult({ activity, quiz, attempt, isNew, start }: Props) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  const best = quiz.best

  useEffect(() => {
    if (isNew) heading.current?.focus()
  }, [isNew])

  return (
    <section className="quiz" aria-labelledby="result">
      <div className="result-head">
        <h2 id="result" ref={heading} tabIndex={-1}>
          {attempt.waits
            ? t('quiz.resultWaits')
            : t('quiz.result', { points: attempt.points, max: attempt.max })}
        </h2>
        <span
          className="result-bar"
          aria-hidden="true"
          style={
            {
              '--part': attempt.points / attempt.max,
              '--pass': attempt.pass / attempt.max,
            } as React.CSSProperties
          }
        />
      </div>
      <ResultNotice attempt={attempt} />
      {attempt.comment && <Words title={t('quiz.trainerSays')} text={attempt.comment} />}
      {best !== undefined &&
        best.id !== attempt.id &&
        !isNew &&
        best.points * attempt.max > attempt.points * best.max && (
          <p>{t('quiz.best', { points: best.points, max: best.max })}</p>
        )}
      <div className="row">
        {attempt.passed && <GoOn activity={activity} />}
        {!attempt.waits && (
          <MayStart
            course={activity.course}
            quiz={quiz}
            start={start}
            text={t('quiz.retry')}
            secondary={attempt.passed}
          />
        )}
      </div>
      <Questions activity={activity} attempt={attempt} />
      {/* Whoever has read all that is below need not look for the way on above. */}
      {!attempt.waits && !attempt.passed && (quiz.limit === 0 || quiz.left > 0) && (
        <MayStart course={activity.course} quiz={quiz} start={start} text={t('quiz.retry')} />
      )}
      {quiz.history.length > 1 && <History activity={activity} quiz={quiz} shown={attempt.id} />}
    </section>
  )
}

function ResultNotice({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation()
  if (attempt.waits) {
    return (
      <Notice kind="info" live title={t('quiz.waits')}>
        <p>{t('quiz.waitsText', { points: attempt.points })}</p>
      </Notice>
    )
  }
  return (
    <Notice
      kind={attempt.passed ? 'good' : 'warning'}
      live
      title={attempt.passed ? t('quiz.passed') : t('quiz.notPassed', { pass: attempt.pass })}
    />
  )
}

/** Words of a trainer. */
function Words({ title, text }: { title: string; text: string }) {
  return (
    <div className="trainer-words">
      <p className="trainer-words-title">{title}</p>
      <p className="trainer-words-text">{text}</p>
    </div>
  )
}

function Questions({ activity, attempt }: { activity: Activity; attempt: Attempt }) {
  return (
    <ol className="questions plain-list" lang={activity.language}>
      {attempt.questions.map((question, index) => (
        <li key={question.id} className="card question">
          <QuestionResult
            question={question}
            number={index + 1}
            of={attempt.questions.length}
            answer={attempt.answers.find((given) => given.question === question.id)}
          />
        </li>
      ))}
    </ol>
  )
}

/** The attempts before; each opens with its own questions. */
function History({ activity, quiz, shown }: { activity: Activity; quiz: Quiz; shown: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [open, setOpen] = useState<string>()
  const earlier = quiz.history.filter((one) => one.id !== shown).reverse()
  return (
    <section className="stack" aria-labelledby="history">
      <h2 id="history">{t('quiz.history')}</h2>
      <ul className="plain-list history">
        {earlier.map((one) => (
          <li key={one.id} className="card stack">
            <div className="row row-between">
              <span>
                {shortMoment(one.at, language)} ·{' '}
                {one.waits ? t('quiz.waits') : t('learning.points', { points: one.points, max: one.max })}{' '}
                {one.passed && <span className="tag tag-good">✓ {t('quiz.passedShort')}</span>}
              </span>
              <Button
                variant="secondaryNoBorder"
                aria-expanded={open === one.id}
                onClick={() => setOpen(open === one.id ? undefined : one.id)}
              >
                {open === one.id ? t('quiz.hideAttempt') : t('quiz.showAttempt')}
              </Button>
            </div>
            {open === one.id && <Earlier activity={activity} attempt={one.id} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Earlier({ activity, attempt }: { activity: Activity; attempt: string }) {
  const query = useQuery(attemptQuery(activity.course, activity.id, attempt, useLanguage()))
  return <Loaded query={query}>{(data) => <Questions activity={activity} attempt={data} />}</Loaded>
}
