import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { TwoTexts } from '../../../shared/drafts/TwoTexts'
import { useDraft } from '../../../shared/drafts/useDraft'
import type { Problem } from '../../../shared/http/problem'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { AnswerList } from './AnswerList'
import { answering, blanks, fromServer, readAnswers, toSend, writeAnswers } from './answers'
import { activityOf, COURSE, type Measure, useAnswer } from './api'
import { ItemField } from './ItemField'
import type { Review } from './place'

type Props = {
  measure: Measure
  review: Review
  onSent: () => unknown
  onKept: () => unknown
  /** The answers of another device stay: the page is read anew. */
  onTheirs: () => unknown
}

/** The questions of a measure. Answers are saved as they are given; before they are sent, the person sees them all once more. */
export function AnswerForm({ measure, review, onSent, onKept, onTheirs }: Props) {
  const { t } = useTranslation()
  const { items } = measure
  const { reviewing, moved, toReview, toQuestions } = review
  const { state, keeper } = useDraft(`${COURSE}.${activityOf(measure)}`, measure.draft, {
    over: measure.over,
  })
  useEffect(() => {
    // Who corrects begins with what they answered.
    if (keeper.read().text === '' && measure.answers.length > 0)
      keeper.type(writeAnswers(fromServer(measure.answers)))
  }, [keeper, measure.answers])
  const answers = readAnswers(state.text, items)
  const blank = blanks(items, answers)
  const form = useRef<HTMLFormElement>(null)

  const first = blank[0]
  const resumeAt = useRef(first !== undefined && blank.length < items.length ? first : 0)
  useEffect(() => {
    if (resumeAt.current > 1) questionOf(form.current, items[resumeAt.current - 1]?.id)?.scrollIntoView()
  }, [items])

  const answer = useAnswer(
    measure,
    () => {
      keeper.submitted()
      return onSent()
    },
    () => keeper.release(),
    () => {
      keeper.submitted()
      return onKept()
    },
  )
  const since = answer.problem && answeredSince(answer.problem)
  const conflict = state.status.kind === 'conflict'
  // One question is seen as it is sent; only what came of sending has a page of its own.
  const single = items.length === 1
  const { problem } = answer
  const shown = useRef(toReview)
  shown.current = toReview
  useEffect(() => {
    if (problem) shown.current()
  }, [problem])

  async function send(over: number) {
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else answer.start({ version: measure.version, answers: toSend(items, readAnswers(text, items)), over })
  }

  const wanted = useRef<string>(undefined)
  const firstOpen = useRef<string>(undefined)
  firstOpen.current = items[(first ?? 1) - 1]?.id
  const router = useRouter()
  useEffect(() => {
    if (reviewing) wanted.current = undefined
    if (!moved || reviewing) return
    // The router would lead to where the questions were left, and the focus would be nowhere.
    const lead = () => toItem(form.current, wanted.current ?? firstOpen.current)
    lead()
    return router.subscribe('onRendered', lead)
  }, [moved, reviewing, router])

  function toQuestion(item?: string) {
    wanted.current = item
    toQuestions()
  }

  const status = (
    <DraftStatus
      state={state}
      keeper={keeper}
      show={(text) => <AnswerList measure={measure} answers={readAnswers(text, items)} />}
    />
  )

  if (reviewing)
    return (
      <section className="stack" aria-labelledby="review">
        <Heading id="review" text={t('answering.review')} atOnce={moved} />
        {blank.length === items.length ? (
          <Notice title={t('answering.noneYet')} />
        ) : (
          blank.length > 0 && (
            <Notice title={t('answering.blank', { count: blank.length })}>
              <p>{t('answering.blankHelp')}</p>
            </Notice>
          )
        )}
        <AnswerList measure={measure} answers={answers} onOpen={toQuestion} />
        {status}
        {since ? (
          <Notice kind="warning" live title={t('answering.sinceTitle')}>
            <p>{t('answering.sinceText')}</p>
            <TwoTexts
              mine={{
                title: t('answering.mine'),
                shown: <AnswerList measure={measure} answers={answers} />,
                choice: { text: t('answering.keepMine'), onChoose: () => send(since.at) },
              }}
              theirs={{
                title: t('answering.theirs'),
                shown: <AnswerList measure={measure} answers={fromServer(since.answers)} />,
                choice: {
                  text: t('answering.takeTheirs'),
                  onChoose: async () => {
                    keeper.type('')
                    await keeper.flush()
                    keeper.submitted()
                    await onTheirs()
                  },
                },
              }}
            />
          </Notice>
        ) : (
          <>
            <WriteNotice write={answer} />
            {answer.problem && <p className="quiet">{t('answering.draftStays')}</p>}
            <div className="row">
              {blank.length < items.length && (
                <Button aria-disabled={answer.busy || conflict} onClick={() => void send(keeper.over ?? 0)}>
                  {t('answering.send')}
                </Button>
              )}
              <Button variant="secondary" onClick={() => toQuestion()}>
                {t('answering.toQuestions')}
              </Button>
            </div>
          </>
        )}
      </section>
    )

  return (
    <form
      ref={form}
      className="measure"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (conflict || answer.busy) return
        if (single && blank.length === 0) void send(keeper.over ?? 0)
        else toReview()
      }}
    >
      {!single && (
        <div className="measure-progress">
          <progress
            max={items.length}
            value={items.length - blank.length}
            aria-label={t('answering.progressLabel', {
              done: items.length - blank.length,
              of: items.length,
            })}
          />
          <span aria-hidden="true">
            {t('answering.progress', { done: items.length - blank.length, of: items.length })}
          </span>
        </div>
      )}
      <ol className="plain-list stack">
        {items.map((item, index) => (
          <li key={item.id} className="card" id={`item-${item.id}`}>
            <ItemField
              item={item}
              number={index + 1}
              of={items.length}
              anchors={measure.anchors}
              language={measure.language}
              answer={answers[item.id]}
              onAnswer={(given) => keeper.type(writeAnswers(answering(answers, item.id, given)))}
            />
          </li>
        ))}
      </ol>
      {status}
      <div>
        <Button type="submit" aria-disabled={conflict || answer.busy}>
          {single ? t('answering.sendOne') : t('answering.toReview')}
        </Button>
      </div>
    </form>
  )
}

/** To a question, also with the focus. */
function toItem(form: HTMLFormElement | null, item: string | undefined) {
  const question = questionOf(form, item)
  question?.scrollIntoView()
  question?.querySelector('input')?.focus({ preventScroll: true })
}

function questionOf(form: HTMLFormElement | null, item: string | undefined) {
  return (form ?? document).querySelector(`#item-${item}`)
}

/** The heading of what has come in the place of the questions: it takes the focus, unless the page was opened there. */
function Heading({ id, text, atOnce }: { id: string; text: string; atOnce: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const takes = useRef(atOnce)
  useEffect(() => {
    if (!takes.current) return
    heading.current?.scrollIntoView()
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h2 id={id} ref={heading} tabIndex={-1}>
      {text}
    </h2>
  )
}

/** The answers that were there first, out of a refusal. */
function answeredSince({ code, info }: Problem) {
  if (code !== 'answered_since') return undefined
  const since = info as { at?: number; answers?: Parameters<typeof fromServer>[0] } | null | undefined
  if (typeof since?.at !== 'number' || !Array.isArray(since.answers)) return undefined
  return { at: since.at, answers: since.answers }
}
