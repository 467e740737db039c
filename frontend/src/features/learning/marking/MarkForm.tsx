import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup, Textarea } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { useDraft } from '../../../shared/drafts/useDraft'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Comment, type Criterion, type Marking, type Round, useMark, type Verdict } from './api'
import { CommentList, MarkedText } from './MarkedText'
import { nextPage } from './Neighbours'
import { type Range, selectedIn, sentences } from './ranges'
import type { QueueSearch } from './search'

/** What is kept while the feedback is not given. */
type Sketch = {
  words: string
  comments: Comment[]
  rubric: Record<string, string>
  verdict: Verdict | ''
  step: string
  second: string
}

const EMPTY: Sketch = { words: '', comments: [], rubric: {}, verdict: '', step: '', second: '' }

/** Reads a draft; what is none of ours is none. */
function sketchOf(text: string): Sketch {
  try {
    return { ...EMPTY, ...(JSON.parse(text) as Partial<Sketch>) }
  } catch {
    return EMPTY
  }
}

type Props = {
  marking: Marking
  /** The text that is marked; nothing when it is a whole development task. */
  round?: Round
  may: boolean
  textRef: RefObject<HTMLDivElement | null>
  onMarked: () => void
  notice?: ReactNode
}

export function MarkForm({ marking, round, may, textRef, onMarked, notice }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const search: QueueSearch = useSearch({ strict: false })
  const { state, keeper } = useDraft(`feedback:${marking.submission}`, marking.draft)
  const sketch = sketchOf(state.text)
  const change = (more: Partial<Sketch>) => keeper.type(JSON.stringify({ ...sketch, ...more }))
  const [older, setOlder] = useState(false)
  const [goOn, setGoOn] = useState(false)
  const whole = marking.what === 'first' || marking.what === 'second'
  const verdicts = marking.verdicts as Verdict[]
  const conflict = state.status.kind === 'conflict'

  const mark = useMark(
    async () => {
      keeper.submitted()
      onMarked()
      const next = goOn && (await nextPage(queries, language, search, marking.submission))
      void navigate(next || { to: '/feedback-queue', search })
    },
    () => keeper.release(),
  )
  const fieldStatus = useFieldStatus(mark.problem)

  async function send(next: boolean) {
    setGoOn(next)
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') {
      keeper.release()
      return
    }
    const sketch = sketchOf(text)
    const rubric = Object.entries(sketch.rubric).map(([criterion, level]) => ({ criterion, level }))
    if (whole && sketch.verdict === 'approved') {
      mark.start({
        approval: {
          submission: marking.submission,
          stage: marking.what === 'first' ? 'first' : 'second',
          words: sketch.words,
          rubric: marking.what === 'first' ? rubric : [],
          second: sketch.second,
        },
      })
      return
    }
    const returned =
      marking.development?.steps.find(({ id }) => id === sketch.step) ?? marking.development?.steps[0]
    mark.start({
      opinion: {
        submission: whole ? (returned?.rounds.at(-1)?.submission ?? marking.submission) : marking.submission,
        verdict: sketch.verdict || (verdicts[0] ?? 'noted'),
        words: sketch.words,
        comments: whole ? [] : sketch.comments,
        rubric: whole ? [] : rubric,
        older,
      },
    })
  }

  const asksRubric = marking.what === 'task' || marking.what === 'first'
  const blocked = marking.newer !== undefined && !older
  const form = (
    <form
      className="stack card mark-form"
      aria-labelledby="give"
      onSubmit={(event) => {
        event.preventDefault()
        if (!conflict && !mark.busy && sketch.verdict !== '') void send(true)
      }}
    >
      <h2 id="give">{t(whole ? 'marking.approveWhole' : 'marking.give')}</h2>
      {marking.what === 'first' && <p>{t('marking.firstHelp')}</p>}
      {marking.what === 'second' && (
        <p>{t('marking.secondHelp', { name: marking.development?.first?.by || t('marking.someone') })}</p>
      )}
      {asksRubric &&
        marking.rubric.map((criterion) => (
          <CriterionField
            key={criterion.id}
            criterion={criterion}
            value={sketch.rubric[criterion.id] ?? ''}
            onChange={(level) => change({ rubric: { ...sketch.rubric, [criterion.id]: level } })}
          />
        ))}
      <Textarea
        labelText={t('marking.words')}
        hintText={t('marking.wordsHint')}
        fullWidth
        resize="vertical"
        value={sketch.words}
        onChange={(event) => change({ words: event.target.value })}
        {...fieldStatus('words')}
      />
      <RadioButtonGroup
        labelText={t('marking.decision')}
        name="verdict"
        value={sketch.verdict}
        onChange={(value) => change({ verdict: value as Verdict })}
      >
        {verdicts.map((verdict) => (
          <RadioButton key={verdict} value={verdict}>
            {t(`marking.choose.${verdict}`)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      {whole && sketch.verdict === 'returned' && marking.development && (
        <SelectField
          label={t('marking.returnStep')}
          value={sketch.step}
          onChange={(step) => change({ step })}
          choices={marking.development.steps.map((step, n) => ({
            value: step.id,
            text: step.title
              ? t('marking.step', { number: n + 1, title: step.title })
              : t('marking.onlyStep'),
          }))}
        />
      )}
      {marking.what === 'first' && sketch.verdict === 'approved' && (
        <SelectField
          label={t('marking.second')}
          value={sketch.second}
          onChange={(second) => change({ second })}
          choices={[
            { value: '', text: t('marking.anySecond') },
            ...marking.seconds.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
      )}
      <DraftStatus state={state} keeper={keeper} show={(text) => <p>{sketchOf(text).words}</p>} />
      <WriteNotice write={mark} />
      <div className="row">
        <Button type="submit" aria-disabled={conflict || mark.busy || sketch.verdict === ''}>
          {t('marking.sendAndNext')}
        </Button>
        <Button
          variant="secondary"
          aria-disabled={conflict || mark.busy || sketch.verdict === ''}
          onClick={() => {
            if (!conflict && !mark.busy && sketch.verdict !== '') void send(false)
          }}
        >
          {t('marking.send')}
        </Button>
      </div>
    </form>
  )
  if (!round) return may ? form : null
  return (
    <div className="mark-pair">
      <section className="stack" aria-labelledby="answer">
        <h2 id="answer">{t('marking.text')}</h2>
        <p className="quiet">{t('marking.handedInAt', { at: shortMoment(round.at, language) })}</p>
        <MarkedText
          ref={textRef}
          text={round.text}
          comments={may ? sketch.comments : round.feedback.flatMap((given) => given.comments)}
          id={round.submission}
        />
      </section>
      <div className="stack-wide mark-side">
        {notice}
        {marking.newer && (
          <Notice kind="warning" live title={t('marking.newer')}>
            <div className="row">
              <Link to="/feedback-queue/$submission" params={{ submission: marking.newer }}>
                {t('marking.openNewer')}
              </Link>
              {!older && may && (
                <Button variant="secondary" onClick={() => setOlder(true)}>
                  {t('marking.markOlder')}
                </Button>
              )}
            </div>
          </Notice>
        )}
        {may && !blocked && (
          <>
            <Comments
              text={round.text}
              id={round.submission}
              comments={sketch.comments}
              textRef={textRef}
              onChange={(comments) => change({ comments })}
            />
            {form}
          </>
        )}
      </div>
    </div>
  )
}

function CriterionField({
  criterion,
  value,
  onChange,
}: {
  criterion: Criterion
  value: string
  onChange: (level: string) => void
}) {
  return (
    <RadioButtonGroup
      labelText={criterion.title}
      name={`criterion-${criterion.id}`}
      value={value}
      onChange={onChange}
    >
      {criterion.levels.map((level) => (
        <RadioButton key={level.id} value={level.id} hintText={level.text}>
          {`${level.title} (${level.points})`}
        </RadioButton>
      ))}
    </RadioButtonGroup>
  )
}

function SelectField({
  label,
  value,
  onChange,
  choices,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  choices: { value: string; text: string }[]
}) {
  const id = useId()
  return (
    <div className="select-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The comments, and a way to add one: to what was selected in the text, or to a sentence out of a list. */
function Comments({
  text,
  id,
  comments,
  textRef,
  onChange,
}: {
  text: string
  id: string
  comments: Comment[]
  textRef: RefObject<HTMLDivElement | null>
  onChange: (comments: Comment[]) => void
}) {
  const { t } = useTranslation()
  const [range, setRange] = useState<Range>()
  const [adding, setAdding] = useState(false)
  const [words, setWords] = useState('')
  const all = sentences(text)

  function begin() {
    const element = textRef.current
    setRange(element ? selectedIn(element, document.getSelection()) : undefined)
    setAdding(true)
  }

  function add() {
    if (!range || words.trim() === '') return
    const quote = text.slice(range.start, range.end)
    const comment = { start: range.start, end: range.end, quote, text: words.trim() }
    onChange([...comments, comment].sort((a, b) => a.start - b.start || a.end - b.end))
    setAdding(false)
    setWords('')
    setRange(undefined)
  }

  const at = range ? all.findIndex(({ start, end }) => start === range.start && end === range.end) : -1
  return (
    <section className="stack card" aria-labelledby="comments">
      <h2 id="comments">{t('marking.comments')}</h2>
      {comments.length === 0 ? (
        <p className="quiet">{t('marking.noComments')}</p>
      ) : (
        <CommentList
          comments={comments}
          id={id}
          onRemove={(n) => onChange(comments.filter((_, other) => other !== n))}
        />
      )}
      {adding ? (
        <div className="stack">
          <SelectField
            label={t('marking.sentence')}
            value={range ? (at < 0 ? 'selected' : String(at)) : ''}
            onChange={(value) => setRange(all[Number(value)])}
            choices={[
              ...(range ? [] : [{ value: '', text: t('marking.chooseSentence') }]),
              ...(range && at < 0 ? [{ value: 'selected', text: text.slice(range.start, range.end) }] : []),
              ...all.map(({ start, end }, n) => ({ value: String(n), text: text.slice(start, end) })),
            ]}
          />
          <Textarea
            labelText={t('marking.commentText')}
            fullWidth
            resize="vertical"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <div className="row">
            <Button onClick={add} aria-disabled={!range || words.trim() === ''}>
              {t('marking.saveComment')}
            </Button>
            <Button variant="secondary" onClick={() => setAdding(false)}>
              {t('common.cancel')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="stack">
          <p className="quiet">{t('marking.commentHelp')}</p>
          <div>
            {/* The selection in the text must live until the click is done. */}
            <Button variant="secondary" onMouseDown={(event) => event.preventDefault()} onClick={begin}>
              {t('marking.addComment')}
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}
