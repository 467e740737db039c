import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Answer } from './answers'
import type { Item, Measure } from './api'

type Props = {
  item: Item
  number: number
  of: number
  anchors: Measure['anchors']
  /** The language of the questions. */
  language: string
  answer: Answer | undefined
  onAnswer: (answer: Answer | undefined) => void
}

/** One question: its values as a row of thumb-sized radio buttons, with the words of the ends below them. */
export function ItemField({ item, number, of, anchors, language, answer, onAnswer }: Props) {
  const { t } = useTranslation()
  const reader = useLanguage()
  const words = new Map(anchors.map(({ value, text }) => [value, text]))
  const [least, greatest] = [item.values[0], item.values.at(-1)]
  return (
    <fieldset className="item">
      <legend>
        {of > 1 && <span className="item-number">{t('answering.questionOf', { number, of })}</span>}
        <span className="item-text" lang={language}>
          {item.text}
        </span>
      </legend>
      <div className={item.values.length > 7 ? 'item-values item-values-many' : 'item-values'}>
        {item.values.map((value) => (
          <label key={value} className="item-value">
            <input
              type="radio"
              name={item.id}
              value={value}
              checked={answer === value}
              onChange={() => onAnswer(value)}
            />
            <span>
              {value}
              {words.has(value) && (
                <span className="visually-hidden" lang={language}>
                  , {words.get(value)}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      {least !== undefined && greatest !== undefined && (
        <p className="item-ends quiet" aria-hidden="true" lang={language}>
          <span>
            {least} = {words.get(least)}
          </span>
          <span>
            {greatest} = {words.get(greatest)}
          </span>
        </p>
      )}
      <div className="item-else">
        <label className="item-refuse">
          <input
            type="radio"
            name={item.id}
            value="refused"
            checked={answer === 'refused'}
            onChange={() => onAnswer('refused')}
          />
          <span lang={reader}>{t('answering.refuseItem')}</span>
        </label>
        {answer !== undefined && (
          <Button
            variant="secondaryNoBorder"
            aria-label={t('answering.clearOf', { number })}
            onClick={() => onAnswer(undefined)}
          >
            {t('answering.clear')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
