import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Notice } from '../../../shared/ui/states'
import { HelpLine } from '../shared/HelpLine'
import type { Exercise, Wording } from './api'
import { Paragraphs } from './Paragraphs'
import { StepFields } from './StepFields'
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
  const step = exercise.steps[place]
  const texts = words.steps.find((one) => one.step === step?.id)
  if (step === undefined || texts === undefined) return null
  const easier = typed.easier[step.id] ?? false
  return (
    <article className="stack-wide shared-screen" lang={langOf(wording)}>
      <Notice title={t('exercises.nothingKept')} />
      <header className="stack">
        <p className="eyebrow">
          {words.title} · {t('exercises.stepOf', { nth: place + 1, all: exercise.steps.length })}
        </p>
        <h2 aria-live="polite">{texts.title}</h2>
      </header>
      <div className="stack">
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
        {place < exercise.steps.length - 1 && (
          <Button onClick={() => setPlace(place + 1)}>{t('exercises.next')}</Button>
        )}
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
