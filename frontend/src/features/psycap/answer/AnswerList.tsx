import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import type { Answers } from './answers'
import type { Measure } from './api'

type Props = {
  measure: Measure
  answers: Answers
  /** Leads to a question that is blank. */
  onOpen?: (item: string) => void
}

/** What was answered, question by question. */
export function AnswerList({ measure, answers, onOpen }: Props) {
  const { t } = useTranslation()
  return (
    <ol className="plain-list answer-list">
      {measure.items.map((item, index) => {
        const answer = answers[item.id]
        return (
          <li key={item.id}>
            <span lang={measure.language}>
              {index + 1}. {item.text}
            </span>
            {answer === undefined ? (
              <span className="answer-given">
                <em>{t('answering.isBlank')}</em>
                {onOpen && (
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={t('answering.answerThisOf', { number: index + 1 })}
                    onClick={() => onOpen(item.id)}
                  >
                    {t('answering.answerThis')}
                  </Button>
                )}
              </span>
            ) : (
              <strong className="answer-given">
                {answer === 'refused' ? t('answering.refuseItem') : answer}
              </strong>
            )}
          </li>
        )
      })}
    </ol>
  )
}
