import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Attempt, Question } from './api'
import { useTruth } from './truth'

type Given = Attempt['answers'][number]
type ResultProps = { question: Question; answer: Given }

/** One question of an attempt that is over. */
export function QuestionResult({
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
  const { t } = useTranslation()
  const language = useLanguage()
  if (answer === undefined) return <h3>{question.text}</h3>
  return (
    <div className="question-group">
      <p className="question-number" lang={language}>
        {t('quiz.questionOf', { number, of })} <Mark answer={answer} />
      </p>
      <h3 className="question-text">{question.text}</h3>
      <Body question={question} answer={answer} />
      {answer.feedback && <p className="option-feedback">{answer.feedback}</p>}
      {answer.comment && (
        <div className="trainer-words" lang={language}>
          <p className="trainer-words-title">{t('quiz.trainerSays')}</p>
          <p className="trainer-words-text">{answer.comment}</p>
        </div>
      )}
    </div>
  )
}

function Mark({ answer }: { answer: Given }) {
  const { t } = useTranslation()
  if (answer.waits) return <span className="tag">{t('quiz.waitsShort')}</span>
  const points =
    answer.max > 1 ? ` · ${t('learning.points', { points: answer.points, max: answer.max })}` : ''
  if (answer.correct) return <span className="tag tag-good">{`✓ ${t('quiz.right')}${points}`}</span>
  return (
    <span className={answer.points > 0 ? 'tag' : 'tag tag-bad'}>
      {answer.points > 0 ? `${t('quiz.partly')}${points}` : `✗ ${t('quiz.wrong')}${points}`}
    </span>
  )
}

function Body(props: ResultProps) {
  switch (props.question.type) {
    case 'matching':
      return <PairsResult {...props} />
    case 'ordering':
      return <OrderResult {...props} />
    case 'single':
    case 'multiple':
    case 'true_false':
      return <OptionsResult {...props} />
    default:
      return <WrittenResult {...props} />
  }
}

function WrittenResult({ question, answer }: ResultProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const written = (text: string) => (language === 'en' ? text : text.replace('.', ','))
  const unit = question.unit ? ` ${question.unit}` : ''
  const right = question.type === 'numeric' ? written(answer.rightText ?? '') + unit : answer.rightText
  const tolerance = Number(answer.tolerance ?? 0) > 0 ? ` (± ${written(answer.tolerance ?? '')})` : ''
  return (
    <>
      <p className="answer-text">
        {answer.text === '' ? (
          <em lang={language}>{t('quiz.noAnswer')}</em>
        ) : (
          `${answer.text}${question.type === 'numeric' ? unit : ''}`
        )}
      </p>
      {!answer.correct && right && (
        <p>
          <span lang={language}>{t('quiz.rightAnswer')}: </span>
          <strong>
            {right}
            {tolerance}
          </strong>
        </p>
      )}
    </>
  )
}

function OptionsResult({ question, answer }: ResultProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const truth = useTruth()
  return (
    <ul className="plain-list options-result">
      {question.options.map((option) => {
        const result = answer.options.find((one) => one.id === option.id)
        const wasChosen = answer.chosen.includes(option.id)
        // What is right or wrong of a statement is said once, by what was chosen.
        const told = wasChosen || (result?.correct && question.type !== 'true_false')
        return (
          <li key={option.id} className={optionClass(wasChosen, result?.correct)}>
            <span className="option-result-text">
              {question.type === 'true_false' ? <span lang={language}>{truth(option.id)}</span> : option.text}
            </span>
            <span className="option-result-tags" lang={language}>
              {wasChosen && <span className="tag">{t('quiz.youChose')}</span>}
              {result?.correct && <span className="tag tag-good">✓ {t('quiz.rightAnswer')}</span>}
            </span>
            {result !== undefined && result.feedback !== '' && told && (
              <p className="option-feedback">{result.feedback}</p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function PairsResult({ question, answer }: ResultProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = (id: string | undefined) => question.options.find((option) => option.id === id)?.text
  return (
    <ul className="plain-list options-result">
      {question.lefts.map((left, place) => {
        const right = answer.chosen[place] === answer.right[place]
        const chosen = text(answer.chosen[place])
        return (
          <li key={left.id} className={optionClass(true, right)}>
            <span className="option-result-text">
              <strong>{left.text}</strong>
              <span className="pair-chosen">
                {' – '}
                {chosen ?? <em lang={language}>{t('quiz.noAnswer')}</em>}
              </span>
            </span>
            <span className="option-result-tags" lang={language}>
              <span className={right ? 'tag tag-good' : 'tag tag-bad'}>
                {right ? `✓ ${t('quiz.right')}` : `✗ ${t('quiz.wrong')}`}
              </span>
            </span>
            {!right && (
              <p className="option-feedback">
                <span lang={language}>{t('quiz.rightAnswer')}: </span>
                {text(answer.right[place])}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function OrderResult({ question, answer }: ResultProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = (id: string) => question.options.find((option) => option.id === id)?.text
  return (
    <>
      {answer.chosen.length === 0 ? (
        <p className="answer-text">
          <em lang={language}>{t('quiz.noAnswer')}</em>
        </p>
      ) : (
        <ol className="plain-list options-result">
          {answer.chosen.map((id, place) => {
            const right = answer.right[place] === id
            return (
              <li key={id} className={optionClass(true, right)}>
                <span className="ordering-place" aria-hidden="true">
                  {place + 1}
                </span>
                <span className="option-result-text">{text(id)}</span>
                <span className="option-result-tags" lang={language}>
                  <span className={right ? 'tag tag-good' : 'tag tag-bad'}>
                    {right
                      ? `✓ ${t('quiz.rightPlace')}`
                      : `✗ ${t('quiz.placeIs', { place: answer.right.indexOf(id) + 1 })}`}
                  </span>
                </span>
              </li>
            )
          })}
        </ol>
      )}
      {!answer.correct && (
        <div className="right-order">
          <p lang={language}>{t('quiz.rightOrder')}</p>
          <ol>
            {answer.right.map((id) => (
              <li key={id}>{text(id)}</li>
            ))}
          </ol>
        </div>
      )}
    </>
  )
}

function optionClass(chosen: boolean, correct: boolean | undefined): string {
  if (!chosen) return 'option-result'
  return correct ? 'option-result option-result-right' : 'option-result option-result-wrong'
}
