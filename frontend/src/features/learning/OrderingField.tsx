import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Question } from './api'

type Props = { question: Question; answer: string[]; onAnswer: (answer: string[]) => void }

/** Items that are moved up and down by buttons; where each one came to is said aloud. Nothing needs to be dragged. */
export function OrderingField({ question, answer, onAnswer }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const list = useRef<HTMLOListElement>(null)
  const [moved, setMoved] = useState<{ id: string; by: -1 | 1 }>()
  const order = answer.length > 0 ? answer : question.options.map((option) => option.id)
  const text = (id: string) => question.options.find((option) => option.id === id)?.text ?? ''

  // The button that was pressed goes with its item; at an end only the other one is left.
  useEffect(() => {
    if (moved === undefined) return
    const buttons = [
      ...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-item="${moved.id}"]`) ?? []),
    ]
    const same = buttons.find((button) => Number(button.dataset.by) === moved.by && !button.disabled)
    ;(same ?? buttons.find((button) => !button.disabled))?.focus()
  }, [moved])

  function move(id: string, by: -1 | 1) {
    const from = order.indexOf(id)
    const other = order[from + by]
    if (other === undefined) return
    const next = [...order]
    next[from] = other
    next[from + by] = id
    onAnswer(next)
    setMoved({ id, by })
  }

  const place = moved === undefined ? -1 : order.indexOf(moved.id)
  return (
    <>
      <p className="quiet" lang={language}>
        {t('quiz.orderHint')}
      </p>
      <ol ref={list} className="plain-list ordering">
        {order.map((id, index) => (
          <li key={id} className="ordering-item">
            <span className="ordering-place" aria-hidden="true">
              {index + 1}
            </span>
            <span className="ordering-text">{text(id)}</span>
            <span className="ordering-buttons" lang={language}>
              {([-1, 1] as const).map((by) => (
                <button
                  key={by}
                  type="button"
                  name={index === 0 && by === 1 ? question.id : undefined}
                  className="ordering-button"
                  data-item={id}
                  data-by={by}
                  disabled={order[index + by] === undefined}
                  aria-label={t(by < 0 ? 'quiz.moveUp' : 'quiz.moveDown', { item: text(id) })}
                  onClick={() => move(id, by)}
                >
                  <span aria-hidden="true">{by < 0 ? '↑' : '↓'}</span>
                </button>
              ))}
            </span>
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status" lang={language}>
        {moved !== undefined &&
          t('quiz.movedTo', { item: text(moved.id), place: place + 1, of: order.length })}
      </p>
    </>
  )
}
