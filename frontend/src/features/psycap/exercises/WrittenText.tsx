import type { Exercise, Field, FieldTexts, StepTexts, Wording } from './api'
import { inWords, langOf } from './wordings'
import { planOf, rowsOf, type Value, type Written } from './written'

/** What somebody wrote in an exercise, to read and to print. Steps in which nothing was written are left out. */
export function WrittenText({
  exercise,
  wording,
  written,
}: {
  exercise: Exercise
  wording: Wording
  written: Written
}) {
  const words = inWords(exercise.wordings, wording)
  const known = exercise.steps.filter((step) => written[step.id] !== undefined)
  // Of steps that the exercise has no more, what was written stays, without their names.
  const gone = Object.keys(written).filter((id) => !exercise.steps.some((step) => step.id === id))
  return (
    <div className="stack-wide exercise-written" lang={langOf(wording)}>
      {known.map((step) => {
        const texts = words.steps.find((one) => one.step === step.id)
        return (
          texts && (
            <section key={step.id} className="stack">
              <h2>{texts.title}</h2>
              <Answers values={written[step.id] ?? {}} fields={fieldsOf(step)} texts={texts} />
            </section>
          )
        )
      })}
      {gone.map((id) => (
        <section key={id} className="stack">
          <Answers values={written[id] ?? {}} fields={[]} />
        </section>
      ))}
    </div>
  )
}

/** The fields of both variants of a step, each once. */
function fieldsOf({ fields, easier }: Exercise['steps'][number]): Field[] {
  return [...fields, ...easier.filter((one) => !fields.some(({ id }) => id === one.id))]
}

function Answers({
  values,
  fields,
  texts,
}: {
  values: Record<string, Value>
  fields: readonly Field[]
  texts?: StepTexts
}) {
  const order = [
    ...fields.map(({ id }) => id),
    ...Object.keys(values).filter((id) => !fields.some((field) => field.id === id)),
  ]
  return (
    <dl className="exercise-answers">
      {order.map((id) => {
        const value = values[id]
        const words = texts?.fields.find((one) => one.field === id)
        return (
          value !== undefined &&
          !isEmpty(value) && (
            <div key={id}>
              {words && <dt>{words.label}</dt>}
              <dd>
                <Answer value={value} words={words} field={fields.find((one) => one.id === id)} />
              </dd>
            </div>
          )
        )
      })}
    </dl>
  )
}

function isEmpty(value: Value): boolean {
  return (
    value === '' ||
    (Array.isArray(value) &&
      rowsOf(value)
        .concat(planTexts(value))
        .every((row) => row.trim() === ''))
  )
}

function planTexts(value: Value): string[] {
  return planOf(value).flatMap((row) => [row.obstacle, row.answer])
}

function Answer({
  value,
  words,
  field,
}: {
  value: Value
  words: FieldTexts | undefined
  field: Field | undefined
}) {
  const plan = planOf(value)
  if (plan.length > 0) {
    return (
      <ul>
        {plan.map((row, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its number
          <li key={nth}>
            {row.obstacle} → {row.answer}
          </li>
        ))}
      </ul>
    )
  }
  if (Array.isArray(value)) {
    return (
      <ul>
        {rowsOf(value)
          .filter((row) => row.trim() !== '')
          .map((row, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its number
            <li key={nth}>{row}</li>
          ))}
      </ul>
    )
  }
  if (field?.kind === 'choice') {
    return words?.choices.find(({ choice }) => choice === value)?.text ?? String(value)
  }
  if (field?.kind === 'scale') return `${value} / ${field.max}`
  return <span className="exercise-text">{value}</span>
}
