import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { useOffline } from '../../shared/offline/status'
import { Notice } from '../../shared/ui/states'
import type { Quiz, StartWrite } from './api'
import { FormEnd } from './FormEnd'

/** What waits behind the button: how many questions, how much time, how many attempts. */
export function QuizStart({ course, quiz, start }: { course: string; quiz: Quiz; start: StartWrite }) {
  const { t } = useTranslation()
  return (
    <section className="card stack quiz-start" aria-labelledby="quiz-start">
      <h2 id="quiz-start">{t('quiz.beforeStart')}</h2>
      <ul className="quiz-facts">
        <li>
          {quiz.count < quiz.bank
            ? t('quiz.drawn', { count: quiz.count, bank: quiz.bank })
            : t('quiz.questions', { count: quiz.count })}
        </li>
        <li>
          {quiz.max > 0
            ? t('quiz.passLimit', { pass: quiz.pass, max: quiz.max })
            : t('quiz.passPoints', { pass: quiz.pass })}
        </li>
        <li>{quiz.timeLimit > 0 ? t('quiz.minutes', { count: quiz.timeLimit }) : t('quiz.noTimeLimit')}</li>
        <li>
          {quiz.limit > 0
            ? t('quiz.attemptsLeft', { count: quiz.left, limit: quiz.limit })
            : t('quiz.noLimit')}
        </li>
      </ul>
      {quiz.timeLimit > 0 && <p>{t('quiz.timeRuns')}</p>}
      <MayStart course={course} quiz={quiz} start={start} text={t('quiz.start')} />
    </section>
  )
}

/** Without a network there is nothing more to say of it. */
const CUT = { waiting: false, problem: undefined }

/** The button that starts an attempt, or why there is none. */
export function MayStart({
  course,
  quiz,
  start,
  text,
  secondary,
}: {
  course: string
  quiz: Quiz
  start: StartWrite
  text: string
  secondary?: boolean
}) {
  const { t } = useTranslation()
  const { away } = useOffline()
  const cut = away || start.waiting || start.problem?.temporary
  if (quiz.waits) return null
  if (quiz.limit > 0 && quiz.left === 0)
    return <Notice kind="info" title={t('quiz.noneLeft', { count: quiz.limit })} />
  return (
    <>
      {cut && (
        <Notice live title={t('quiz.needsNetwork')}>
          <p>{t('quiz.needsNetworkText')}</p>
        </Notice>
      )}
      <FormEnd course={course} write={cut ? CUT : start}>
        <Button
          {...(secondary && { variant: 'secondary' as const })}
          aria-disabled={start.busy}
          onClick={() => start.start(undefined)}
        >
          {text}
        </Button>
      </FormEnd>
    </>
  )
}
