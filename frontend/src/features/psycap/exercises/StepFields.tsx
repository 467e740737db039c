import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup, Textarea, TextInput } from 'suomifi-ui-components'
import { useAdded } from '../shared/useAdded'
import type { Field, FieldTexts } from './api'
import { toNextField } from './toNextField'
import { LONGEST, planOf, rowsOf, tooLongBy, type Value } from './written'

const MOST_ROWS = 20

type Props = {
  step: string
  fields: readonly Field[]
  texts: readonly FieldTexts[]
  values: Record<string, Value> | undefined
  onChange: (field: string, value: Value) => void
}

/** What is written in a step. Everything may be left empty. */
export function StepFields({ step, fields, texts, values = {}, onChange }: Props) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key is of the fields in it
    <div className="stack-wide" onKeyDown={toNextField}>
      {fields.map((field) => {
        const words = texts.find((one) => one.field === field.id)
        return (
          words && (
            <OneField
              key={field.id}
              name={`${step}-${field.id}`}
              field={field}
              words={words}
              value={values[field.id]}
              onChange={(value) => onChange(field.id, value)}
            />
          )
        )
      })}
    </div>
  )
}

type FieldProps = {
  name: string
  field: Field
  words: FieldTexts
  value: Value | undefined
  onChange: (value: Value) => void
}

function OneField(props: FieldProps) {
  const { name, field, words, value, onChange } = props
  const wrong = useTooLong()
  const text = typeof value === 'string' ? value : ''
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          labelText={words.label}
          {...(words.hint && { hintText: words.hint })}
          fullWidth
          autoComplete="off"
          value={text}
          onChange={(next) => onChange(String(next ?? ''))}
          {...wrong(text, LONGEST.line)}
        />
      )
    case 'long':
      return (
        <Textarea
          labelText={words.label}
          {...(words.hint && { hintText: words.hint })}
          fullWidth
          resize="vertical"
          value={text}
          onChange={(event) => onChange(event.target.value)}
          {...wrong(text, LONGEST.long)}
        />
      )
    case 'list':
      return <ListField {...props} />
    case 'plan':
      return <PlanField {...props} />
    case 'choice':
      return (
        <RadioButtonGroup
          labelText={words.label}
          {...(words.hint && { groupHintText: words.hint })}
          name={name}
          value={text}
          onChange={onChange}
        >
          {words.choices.map(({ choice, text: shown }) => (
            <RadioButton key={choice} value={choice}>
              {shown}
            </RadioButton>
          ))}
        </RadioButtonGroup>
      )
    case 'scale':
      return <ScaleField {...props} />
  }
}

/** What is said of a text that is longer than can be kept. */
function useTooLong() {
  const { t } = useTranslation()
  return (text: string, most: number) => {
    const over = tooLongBy(text, most)
    return over > 0
      ? { status: 'error' as const, statusText: t('exercises.tooLong', { count: over, limit: most }) }
      : {}
  }
}

/** Rows that are shown: all that are written, and at least as many as are hoped for. */
function useRowCount(written: number, least: number): [count: number, more: () => void] {
  const [asked, setAsked] = useState(0)
  const count = Math.min(MOST_ROWS, Math.max(written, least, asked))
  return [count, () => setAsked(count + 1)]
}

function ListField({ field, words, value, onChange }: FieldProps) {
  const wrong = useTooLong()
  const rows = rowsOf(value)
  const [count, more] = useRowCount(rows.length, field.least)
  const shown = Array.from({ length: count }, (_, nth) => rows[nth] ?? '')
  return (
    <RowsFrame words={words} count={count} onMore={more}>
      {[...shown.entries()].map(([nth, row]) => (
        <li key={nth}>
          <TextInput
            labelText={`${words.label} ${nth + 1}`}
            labelMode="hidden"
            fullWidth
            autoComplete="off"
            value={row}
            onChange={(next) => onChange(replaced(shown, nth, String(next ?? '')))}
            {...wrong(row, LONGEST.line)}
          />
        </li>
      ))}
    </RowsFrame>
  )
}

function PlanField({ field, words, value, onChange }: FieldProps) {
  const wrong = useTooLong()
  const rows = planOf(value)
  const [count, more] = useRowCount(rows.length, field.least)
  const shown = Array.from({ length: count }, (_, nth) => rows[nth] ?? { obstacle: '', answer: '' })
  return (
    <RowsFrame words={words} count={count} onMore={more}>
      {shown.map((row, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its number
        <li key={nth} className="exercise-plan">
          {(['obstacle', 'answer'] as const).map((part) => (
            <TextInput
              key={part}
              labelText={part === 'obstacle' ? words.if : words.then}
              fullWidth
              autoComplete="off"
              value={row[part]}
              onChange={(next) => onChange(replaced(shown, nth, { ...row, [part]: String(next ?? '') }))}
              {...wrong(row[part], LONGEST.line)}
            />
          ))}
        </li>
      ))}
    </RowsFrame>
  )
}

function replaced<T>(rows: readonly T[], nth: number, row: T): T[] {
  return rows.map((one, at) => (at === nth ? row : one))
}

function RowsFrame({
  words,
  count,
  onMore,
  children,
}: {
  words: FieldTexts
  count: number
  onMore: () => void
  children: React.ReactNode
}) {
  const { t } = useTranslation()
  const hint = useId()
  const [list, added] = useAdded<HTMLOListElement>(count, 'li')
  return (
    <fieldset className="exercise-rows" {...(words.hint && { 'aria-describedby': hint })}>
      <legend>{words.label}</legend>
      {words.hint && (
        <p id={hint} className="quiet">
          {words.hint}
        </p>
      )}
      {/* biome-ignore lint/a11y/noRedundantRoles: a browser that draws no numbers of its own forgets that it is a list */}
      <ol ref={list} role="list">
        {children}
      </ol>
      {count < MOST_ROWS && (
        <Button
          variant="secondaryNoBorder"
          onClick={() => {
            added()
            onMore()
          }}
        >
          {t('exercises.moreRows')}
        </Button>
      )}
    </fieldset>
  )
}

function ScaleField({ name, field, words, value, onChange }: FieldProps) {
  const low = useId()
  const numbers = Array.from({ length: field.max - field.min + 1 }, (_, nth) => field.min + nth)
  return (
    <fieldset className="exercise-scale" aria-describedby={low}>
      <legend>{words.label}</legend>
      {words.hint && <p className="quiet">{words.hint}</p>}
      <div className="exercise-numbers">
        {numbers.map((number) => (
          <label key={number}>
            <input
              type="radio"
              name={name}
              value={number}
              checked={value === number}
              onChange={() => onChange(number)}
            />
            <span>{number}</span>
          </label>
        ))}
      </div>
      <p id={low} className="exercise-ends">
        <span>
          {field.min} = {words.low}
        </span>
        <span>
          {field.max} = {words.high}
        </span>
      </p>
    </fieldset>
  )
}
