import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Notice } from '../../../shared/ui/states'
import { HelpLine } from '../shared/HelpLine'
import type { Exercise, Wording } from './api'
import { Paragraphs } from './Paragraphs'
import { StepFields } from './StepFields'
import { WrittenText } from './WrittenText'
import { inWords, langOf } from './wordings'
import { type Drafted, withEasier, withValue } from './written'

/**
 * An exercise that is done together at one screen, in large letters. What is written lives in this component alone: it
 * is never sent and never stored, and is gone with the page.
 */
export function SharedScreen({ exercise, wording }: { exercise: Exercise; wording: Wording }) {
  const { i18n } = useTranslation()
  const t = i18n.getFixedT(langOf(wording))
  const [typed, setTyped] = useState<Drafted>({ written: {}, easier: {}, done: {} })
  const [place, setPlace] = useState(0)
  const words = inWords(exercise.wordings, wording)
  const heading = useRef<HTMLHeadingElement>(null)
  const eased = Object.values(typed.easier).filter(Boolean).length
  const shown = `${place} ${eased}`
  const before = useRef(shown)
  useEffect(() => {
    if (before.current !== shown) heading.current?.focus()
    before.current = shown
  }, [shown])
  const step = exercise.steps[place]
  const texts = words.steps.find((one) => one.step === step?.id)
  if (place === exercise.steps.length)
    return (
      <article className="stack-wide shared-screen" lang={langOf(wording)}>
        <div className="exercise-tools">
          <Notice title={t('exercises.nothingKept')} />
        </div>
        <header className="stack">
          <p className="eyebrow">{words.title}</p>
          <h2 ref={heading} tabIndex={-1} className="exercise-tools">
            {t('exercises.thanks')}
          </h2>
        </header>
        {Object.keys(typed.written).length === 0 ? (
          <p>{t('exercises.nothingWritten')}</p>
        ) : (
          <section className="card stack" aria-label={t('exercises.yours')}>
            <WrittenText exercise={exercise} wording={wording} written={typed.written} />
          </section>
        )}
        <div className="row exercise-tools">
          <Button onClick={() => window.print()}>{t('exercises.print')}</Button>
          <Button variant="secondary" onClick={() => setPlace(place - 1)}>
            {t('exercises.before')}
          </Button>
        </div>
        <HelpLine language={langOf(wording)} />
      </article>
    )
  if (step === undefined || texts === undefined) return null
  const easier = typed.easier[step.id] ?? false
  return (
    <article className="stack-wide shared-screen" lang={langOf(wording)}>
      <Notice title={t('exercises.nothingKept')} />
      <header className="stack">
        <p className="eyebrow">
          {words.title} · {t('exercises.stepOf', { nth: place + 1, all: exercise.steps.length })}
        </p>
        <h2 ref={heading} tabIndex={-1}>
          {texts.title}
        </h2>
      </header>
      <div key={shown} className="stack">
        <Paragraphs text={easier ? texts.easier : texts.text} />
        {texts.example !== '' && !easier && (
          <details className="exercise-example">
            <summary>{t('exercises.example')}</summary>
            <Paragraphs text={texts.example} />
          </details>
        )}
      </div>
      <StepFields
        key={`${step.id} ${easier}`}
        step={step.id}
        fields={easier ? step.easier : step.fields}
        texts={texts.fields}
        values={typed.written[step.id]}
        onChange={(field, value) => setTyped((before) => withValue(before, step.id, field, value))}
      />
      <div className="row">
        <Button onClick={() => setPlace(place + 1)}>
          {t(place < exercise.steps.length - 1 ? 'exercises.next' : 'exercises.finish')}
        </Button>
        {place > 0 && (
          <Button variant="secondary" onClick={() => setPlace(place - 1)}>
            {t('exercises.before')}
          </Button>
        )}
        <Button
          variant="secondaryNoBorder"
          onClick={() => setTyped((before) => withEasier(before, step.id, !easier))}
        >
          {easier ? t('exercises.usual') : t('exercises.tooHard')}
        </Button>
      </div>
      <HelpLine language={langOf(wording)} />
    </article>
  )
}
