import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Question } from './api'

type Props = { question: Question; answer: string[]; onAnswer: (answer: string[]) => void }

/** For each left a list to choose its right from: a plain select, which every phone and screen reader knows. */
export function MatchingField({ question, answer, onAnswer }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const id = useId()
  return (
    <ul className="plain-list pairs">
      {question.lefts.map((left, place) => (
        <li key={left.id} className="pair">
          <label className="pair-left" htmlFor={`${id}-${left.id}`}>
            {left.text}
          </label>
          <select
            id={`${id}-${left.id}`}
            name={place === 0 ? question.id : undefined}
            className="pair-right"
            value={answer[place] ?? ''}
            onChange={(event) =>
              onAnswer(
                question.lefts.map((_, other) =>
                  other === place ? event.target.value : (answer[other] ?? ''),
                ),
              )
            }
          >
            <option value="" lang={language}>
              {t('quiz.choose')}
            </option>
            {question.options.map((option) => (
              <option key={option.id} value={option.id}>
                {option.text}
              </option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  )
}
