import { useTranslation } from 'react-i18next'
import { HelpLine } from '../shared/HelpLine'
import type { Exercise, Field, FieldTexts, Wording } from './api'
import { Paragraphs } from './Paragraphs'
import { inWords, langOf } from './wordings'

/** An exercise on paper, with lines to write on. */
export function PaperSheet({ exercise, wording }: { exercise: Exercise; wording: Wording }) {
  const { i18n } = useTranslation()
  const t = i18n.getFixedT(langOf(wording))
  const words = inWords(exercise.wordings, wording)
  return (
    <article className="paper" lang={langOf(wording)}>
      <header className="stack">
        <h2>{words.title}</h2>
        <p>{words.purpose}</p>
        <p className="quiet">
          {t('common.minutes', { count: exercise.minutes })} · {t('exercises.paperHint')}
        </p>
      </header>
      {exercise.steps.map((step, nth) => {
        const texts = words.steps.find((one) => one.step === step.id)
        return (
          texts && (
            <section key={step.id} className="paper-step">
              <h3>
                {nth + 1}. {texts.title}
              </h3>
              <Paragraphs text={texts.text} />
              {texts.example && (
                <div className="paper-example">
                  <strong>{t('exercises.example')}: </strong>
                  <Paragraphs text={texts.example} />
                </div>
              )}
              {step.fields.map((field) => {
                const own = texts.fields.find((one) => one.field === field.id)
                return own && <PaperField key={field.id} field={field} words={own} />
              })}
              <div className="paper-easier">
                <strong>{t('exercises.paperEasier')}: </strong>
                <Paragraphs text={texts.easier} />
              </div>
            </section>
          )
        )
      })}
      <HelpLine language={langOf(wording)} />
    </article>
  )
}

function PaperField({ field, words }: { field: Field; words: FieldTexts }) {
  return (
    <div className="paper-field">
      <p>
        <strong>{words.label}</strong> {words.hint && <span className="quiet">{words.hint}</span>}
      </p>
      <PaperPlace field={field} words={words} />
    </div>
  )
}

function PaperPlace({ field, words }: { field: Field; words: FieldTexts }) {
  switch (field.kind) {
    case 'text':
      return <Lines count={1} />
    case 'long':
      return <Lines count={4} />
    case 'list':
      return <Lines count={Math.max(3, field.least)} numbered />
    case 'plan':
      return (
        <ol className="paper-plan">
          {numbers(1, Math.max(2, field.least)).map((nth) => (
            <li key={nth}>
              <span>{words.if}</span>
              <Lines count={1} />
              <span>{words.then}</span>
              <Lines count={1} />
            </li>
          ))}
        </ol>
      )
    case 'choice':
      return (
        <ul className="plain-list paper-choices">
          {words.choices.map(({ choice, text }) => (
            <li key={choice}>
              <span className="paper-box" aria-hidden="true" /> {text}
            </li>
          ))}
        </ul>
      )
    case 'scale':
      return (
        <>
          <p className="paper-scale">
            {numbers(field.min, field.max).map((number) => (
              <span key={number}>{number}</span>
            ))}
          </p>
          <p className="exercise-ends">
            <span>
              {field.min} = {words.low}
            </span>
            <span>
              {field.max} = {words.high}
            </span>
          </p>
        </>
      )
  }
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, nth) => from + nth)
}

function Lines({ count, numbered = false }: { count: number; numbered?: boolean }) {
  return (
    <div className={numbered ? 'paper-lines paper-numbered' : 'paper-lines'} aria-hidden="true">
      {numbers(1, count).map((nth) => (
        <div key={nth}>{numbered && `${nth}.`}</div>
      ))}
    </div>
  )
}
