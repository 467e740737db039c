import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { forgetLate } from '../../shared/drafts/local'
import { useLanguage } from '../../shared/i18n/i18n'
import { discard } from '../../shared/offline/outbox'
import { isLate } from '../../shared/offline/refusals'
import { useOffline, writesAbout } from '../../shared/offline/status'
import { currentPerson } from '../../shared/session/person'
import { Dialog } from '../../shared/ui/Dialog'
import { Notice } from '../../shared/ui/states'
import type { Activity, Quiz } from './api'
import { answersIn, missedBy } from './late'
import { type Answers, answerInWords, isBegun, readDraft } from './quizAnswers'
import { useTruth } from './truth'

/** Answers that did not arrive before their attempt was over: what became of the attempt, and what was answered here. */
export function LateAnswers({ activity, quiz }: { activity: Activity; quiz: Quiz }) {
  const { writes, drafts } = useOffline()
  const { course, id } = activity
  const copied = useOffline().shown[`/api/courses/${course}/activities/${id}`] !== undefined
  const entries = writesAbout(writes, course, id).filter(isLate)
  const draft = drafts.find((one) => one.late && one.course === course && one.activity === id)
  // A copy does not know yet what became of the attempt.
  if (copied) return null
  return (
    <>
      {entries.map((entry) => (
        <Missed
          key={entry.key}
          answers={answersIn(entry.body)}
          quiz={quiz}
          onForget={() => void discard(entry.id)}
        />
      ))}
      {draft && (
        <Missed
          key={draft.text}
          answers={readDraft(draft.text)}
          quiz={quiz}
          onForget={() => forgetLate(currentPerson() ?? '', `${course}.${id}`)}
        />
      )}
    </>
  )
}

function Missed({ answers, quiz, onForget }: { answers: Answers; quiz: Quiz; onForget: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const { last } = quiz
  const given = Object.fromEntries(Object.entries(answers).filter(([, answer]) => isBegun(answer)))
  const nothing = missedBy(given, last).length === 0
  // What was handed in has all of it: nothing is missed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is forgotten once
  useEffect(() => {
    if (nothing) onForget()
  }, [nothing])
  if (nothing) return null
  return (
    <Notice kind="warning" title={t('quiz.lateTitle')}>
      <p>
        {last && t('quiz.lateText', { at: shortMoment(last.at, language) })}{' '}
        {quiz.timeLimit > 0 && t('quiz.lateTime')}
      </p>
      <p>{t('quiz.lateHelp')}</p>
      <p>
        <strong>{t('quiz.lateAnswers')}</strong>
      </p>
      <AnswersGiven quiz={quiz} answers={given} />
      <Button variant="secondary" onClick={() => setAsking(true)}>
        {t('unsent.discard')}
      </Button>
      {asking && (
        <Dialog
          title={t('unsent.discardTitle')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={onForget}>{t('unsent.discard')}</Button>
              <Button variant="secondary" onClick={() => setAsking(false)}>
                {t('common.cancel')}
              </Button>
            </>
          }
        >
          <p>{t('unsent.discardText')}</p>
        </Dialog>
      )}
    </Notice>
  )
}

function AnswersGiven({ quiz, answers }: { quiz: Quiz; answers: Answers }) {
  const truth = useTruth()
  const questions = [...(quiz.last?.questions ?? []), ...quiz.questions]
  return (
    <dl className="late-answers">
      {Object.entries(answers).map(([id, answer]) => {
        const question = questions.find((one) => one.id === id)
        return (
          <div key={id}>
            <dt>{question?.text ?? id}</dt>
            <dd>
              {question ? answerInWords(question, answer, truth) : typeof answer === 'string' ? answer : ''}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
