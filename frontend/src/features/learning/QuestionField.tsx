import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox, RadioButton, Textarea, TextInput } from 'suomifi-ui-components'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Question } from './api'
import { MatchingField } from './MatchingField'
import { OrderingField } from './OrderingField'
import type { Answer } from './quizAnswers'
import { useTruth } from './truth'

type Props = {
  question: Question
  number: number
  of: number
  answer: Answer | undefined
  missing: boolean
  onAnswer: (answer: Answer) => void
}

/** One question with the fields to answer it, as a group with the question as its name. */
export function QuestionField({ question, number, of, answer, missing, onAnswer }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const missingId = useId()
  return (
    <fieldset className="question-group" aria-describedby={missing ? missingId : undefined}>
      <legend>
        <span className="question-number" lang={language}>
          {t('quiz.questionOf', { number, of })}
          {question.points > 1 && ` · ${t('quiz.worth', { count: question.points })}`}
        </span>
        <span className="question-text">{question.text}</span>
      </legend>
      <Fields question={question} answer={answer} onAnswer={onAnswer} />
      {missing && (
        <p id={missingId} className="question-missing" lang={language}>
          {t(MISSING[question.type] ?? 'quiz.answerThis')}
        </p>
      )}
    </fieldset>
  )
}

const MISSING = {
  numeric: 'quiz.answerNumber',
  matching: 'quiz.answerPairs',
  ordering: 'quiz.answerOrder',
} as { [type in Question['type']]?: 'quiz.answerNumber' | 'quiz.answerPairs' | 'quiz.answerOrder' }

type FieldsProps = Pick<Props, 'question' | 'answer' | 'onAnswer'>

function Fields({ question, answer, onAnswer }: FieldsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const chosen = Array.isArray(answer) ? answer : []
  const text = typeof answer === 'string' ? answer : ''
  const label = (what: ReactNode) => <span lang={language}>{what}</span>
  switch (question.type) {
    case 'single':
    case 'true_false':
      return <Choice question={question} chosen={chosen} onAnswer={onAnswer} />
    case 'multiple':
      return (
        <>
          <p className="quiet" lang={language}>
            {t('quiz.chooseMany')}
          </p>
          {question.options.map((option) => (
            <Checkbox
              key={option.id}
              name={question.id}
              value={option.id}
              variant="large"
              checked={chosen.includes(option.id)}
              onClick={({ checkboxState }) =>
                onAnswer(checkboxState ? [...chosen, option.id] : chosen.filter((id) => id !== option.id))
              }
            >
              {option.text}
            </Checkbox>
          ))}
        </>
      )
    case 'matching':
      return <MatchingField question={question} answer={chosen} onAnswer={onAnswer} />
    case 'ordering':
      return <OrderingField question={question} answer={chosen} onAnswer={onAnswer} />
    case 'numeric':
      return (
        <div className="number-field">
          <TextInput
            labelText={label(
              <>
                {`${t('quiz.yourNumber')} `}
                {/* It stands beside the field for whoever sees it. */}
                {question.unit && <span className="visually-hidden">({question.unit})</span>}
              </>,
            )}
            hintText={t('quiz.numberHint')}
            name={question.id}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(value) => onAnswer(String(value ?? ''))}
          />
          {question.unit && (
            <span className="number-unit" aria-hidden="true">
              {question.unit}
            </span>
          )}
        </div>
      )
    default:
      return (
        <Textarea
          labelText={label(t('quiz.yourAnswer'))}
          {...(question.type === 'open' && { hintText: t('quiz.openHint') })}
          name={question.id}
          fullWidth
          resize="vertical"
          value={text}
          onChange={(event) => onAnswer(event.target.value)}
        />
      )
  }
}

function Choice({
  question,
  chosen,
  onAnswer,
}: {
  question: Question
  chosen: string[]
  onAnswer: (answer: Answer) => void
}) {
  const language = useLanguage()
  const truth = useTruth()
  return question.options.map((option) => (
    <RadioButton
      key={option.id}
      name={question.id}
      value={option.id}
      variant="large"
      checked={chosen.includes(option.id)}
      onChange={() => onAnswer([option.id])}
    >
      {question.type === 'true_false' ? <span lang={language}>{truth(option.id)}</span> : option.text}
    </RadioButton>
  ))
}
