import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox, RadioButton, Textarea } from 'suomifi-ui-components'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Question } from './api'

type Props = {
  question: Question
  number: number
  of: number
  answer: string[] | string | undefined
  missing: boolean
  onAnswer: (answer: string[] | string) => void
}

/** One question with the fields to answer it, as a group with the question as its name. */
export function QuestionField({ question, number, of, answer, missing, onAnswer }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const missingId = useId()
  const chosen = Array.isArray(answer) ? answer : []
  return (
    <fieldset className="question-group" aria-describedby={missing ? missingId : undefined}>
      <legend>
        <span className="question-number" lang={language}>
          {t('quiz.questionOf', { number, of })}
        </span>
        <span className="question-text">{question.text}</span>
      </legend>
      {question.type === 'multiple' && (
        <p className="quiet" lang={language}>
          {t('quiz.chooseMany')}
        </p>
      )}
      {question.type === 'single' &&
        question.options.map((option) => (
          <RadioButton
            key={option.id}
            name={question.id}
            value={option.id}
            variant="large"
            checked={chosen.includes(option.id)}
            onChange={() => onAnswer([option.id])}
          >
            {option.text}
          </RadioButton>
        ))}
      {question.type === 'multiple' &&
        question.options.map((option) => (
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
      {question.type === 'text' && (
        <Textarea
          labelText={<span lang={language}>{t('quiz.yourAnswer')}</span>}
          name={question.id}
          fullWidth
          resize="vertical"
          value={typeof answer === 'string' ? answer : ''}
          onChange={(event) => onAnswer(event.target.value)}
        />
      )}
      {missing && (
        <p id={missingId} className="question-missing" lang={language}>
          {t('quiz.answerThis')}
        </p>
      )}
    </fieldset>
  )
}
