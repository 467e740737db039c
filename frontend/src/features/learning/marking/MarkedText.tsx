import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Comment } from './api'
import { pieces } from './ranges'
import './marking.css'

type Props = {
  text: string
  comments: readonly Comment[]
  /** Apart from those of other texts on the page. */
  id: string
  ref?: Ref<HTMLDivElement>
}

const placeOf = (id: string, n: number) => `mark-${id}-${n + 1}`
const noteOf = (id: string, n: number) => `note-${id}-${n + 1}`

/** A text as it was handed in. What is commented on is marked and leads to its comment. */
export function MarkedText({ text, comments, id, ref }: Props) {
  const { t } = useTranslation()
  return (
    <div className="marked-text" ref={ref}>
      {pieces(text, comments).map((piece) => (
        <span key={piece.start}>
          {piece.marks.length > 0 ? <mark>{piece.text}</mark> : piece.text}
          {piece.marks
            .filter((n) => comments[n]?.end === piece.end)
            .map((n) => (
              <a
                key={n}
                data-mark
                id={placeOf(id, n)}
                href={`#${noteOf(id, n)}`}
                className="mark-number"
                aria-label={t('marking.comment', { number: n + 1 })}
                onClick={(event) => jump(event, noteOf(id, n))}
              >
                {n + 1}
              </a>
            ))}
        </span>
      ))}
    </div>
  )
}

function jump(event: { preventDefault: () => void }, id: string): void {
  const there = document.getElementById(id)
  if (!there) return
  event.preventDefault()
  there.focus()
  there.scrollIntoView({ block: 'center' })
}

/** The comments under each other, each with the words it is about, which lead to their place in the text. */
export function CommentList({
  comments,
  id,
  onRemove,
}: {
  comments: readonly Comment[]
  id: string
  onRemove?: (n: number) => void
}) {
  const { t } = useTranslation()
  return (
    <ol className="plain-list comment-list">
      {comments.map((comment, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a comment is known by its place in the list
        <li key={n} id={noteOf(id, n)} tabIndex={-1}>
          <span className="mark-number" aria-hidden="true">
            {n + 1}
          </span>
          <div className="comment-body">
            <a href={`#${placeOf(id, n)}`} className="comment-quote" onClick={(e) => jump(e, placeOf(id, n))}>
              <q>{comment.quote.length > 120 ? `${comment.quote.slice(0, 117)}…` : comment.quote}</q>
            </a>
            <p>{comment.text}</p>
          </div>
          {onRemove && (
            <button
              type="button"
              className="comment-remove"
              aria-label={t('marking.removeComment', { number: n + 1 })}
              onClick={() => onRemove(n)}
            >
              ×
            </button>
          )}
        </li>
      ))}
    </ol>
  )
}
