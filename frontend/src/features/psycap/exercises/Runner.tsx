import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { useDraft } from '../../../shared/drafts/useDraft'
import { onArrived, useOffline } from '../../../shared/offline/status'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { useBeginning } from '../shared/beginning'
import { HelpLine } from '../shared/HelpLine'
import { type Exercise, type Run, useFinish, useSetAside, useStepDone, type Wording } from './api'
import { Ended } from './Ended'
import { Paragraphs } from './Paragraphs'
import { PlainSwitch } from './PlainSwitch'
import { type Entry, useStep } from './place'
import { StepFields } from './StepFields'
import { WrittenText } from './WrittenText'
import { inWords, langOf, useWording } from './wordings'
import {
  draftText,
  fewer,
  finishText,
  hasTooLong,
  minutesFrom,
  placeIn,
  readDraft,
  type Written,
  waitingIn,
  withDone,
  withEasier,
  withValue,
} from './written'

type Running = {
  exercise: Exercise
  run: Run
  /** Set while no step stands in the address yet. */
  entry: Entry | undefined
  /** What is before the first step, for whoever goes back there. */
  intro: (goOn: () => unknown) => ReactNode
}

/** An exercise as it is done: one step at a time, kept as it is typed. */
export function Runner({ exercise, run, entry, intro }: Running) {
  const { writes } = useOffline()
  const waiting = waitingIn(writes, run.run)
  const [ended, setEnded] = useState<string>()
  // What was finished without a network stays so when it has arrived: the steps below are those of before.
  if (ended === undefined && waiting.finished !== undefined) setEnded(waiting.finished)
  useEffect(
    () =>
      onArrived(async (entry) => {
        const { finished } = waitingIn([entry], run.run)
        if (finished !== undefined) setEnded(finished)
      }),
    [run.run],
  )
  const text = ended ?? waiting.finished
  if (text !== undefined) {
    return (
      <Ended
        exercise={exercise}
        run={run.run}
        written={readDraft(text).written}
        waits={waiting.finished !== undefined}
      />
    )
  }
  return (
    <Steps
      exercise={exercise}
      run={run}
      entry={entry}
      intro={intro}
      waiting={waiting.steps}
      onEnded={setEnded}
    />
  )
}

function Steps({
  exercise,
  run,
  entry,
  intro,
  waiting,
  onEnded,
}: Running & {
  waiting: ReadonlyMap<string, boolean>
  onEnded: (text: string) => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { wording, plain, choose } = useWording()
  const { state, keeper } = useDraft(`psycap.exercise.${run.run}`, run.draft ?? { rev: 0, text: '' })
  const drafted = readDraft(state.text)
  const done = new Map([
    ...run.done.map(({ step, easier }) => [step, easier] as const),
    ...waiting,
    ...Object.entries(drafted.done),
  ])
  const way = useStep(placeIn(exercise.steps, done) + 1, entry)
  const place = (way.step ?? 0) - 1
  const step = exercise.steps[place]
  const easier = step !== undefined && (drafted.easier[step.id] ?? done.get(step.id) ?? false)
  const [asked, setAsked] = useState<string>()
  useBeginning(`${step?.id} ${easier}`, entry === 'push')

  const words = inWords(exercise.wordings, wording)
  const texts = words.steps.find((one) => one.step === step?.id)
  const last = place === exercise.steps.length - 1

  const finish = useFinish(
    run.run,
    (text) => {
      keeper.submitted()
      way.leaveSteps()
      onEnded(text)
    },
    () => keeper.release(),
  )
  const doStep = useStepDone(run.run, (one) => {
    keeper.type(draftText(withDone(readDraft(keeper.read().text), one.step, one.easier)))
    return onwards()
  })
  const aside = useSetAside(run.run, () => navigate({ to: '/exercises' }))

  if (way.step === undefined) return intro(way.goOn)
  if (step === undefined || texts === undefined) return null
  const fields = easier ? step.easier : step.fields
  const values = drafted.written[step.id]
  const few = fewer(fields, values)
  const conflict = state.status.kind === 'conflict'
  const stopped = conflict || hasTooLong(fields, values)
  const busy = doStep.busy || finish.busy || aside.busy

  async function onwards() {
    setAsked(undefined)
    if (!last) return way.onwards()
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else finish.start(finishText(readDraft(text)))
  }

  function next(id: string) {
    if (stopped || busy) return
    way.pin()
    if (few !== undefined && asked !== id) setAsked(id)
    else if (done.get(id) === easier) void onwards()
    else doStep.start({ step: id, easier })
  }

  return (
    <Page
      title={texts.title}
      eyebrow={words.title}
      width="text"
      back={{ to: '/exercises', text: t('exercises.title') }}
      aside={<PlainSwitch plain={plain} choose={choose} />}
    >
      <div className="exercise-progress">
        <progress max={exercise.steps.length} value={place + 1} aria-label={t('exercises.progress')} />
        <p className="quiet">
          {t('exercises.stepOf', { nth: place + 1, all: exercise.steps.length })} ·{' '}
          {t('exercises.minutesLeft', { count: minutesFrom(exercise.steps, place) })}
        </p>
      </div>
      <form
        className="stack-wide exercise-step"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          next(step.id)
        }}
      >
        <div key={`${step.id} ${easier}`} className="stack" lang={langOf(wording)}>
          {easier && <p className="tag exercise-easier">{t('exercises.easierOn')}</p>}
          <Paragraphs text={easier ? texts.easier : texts.text} />
          {texts.example !== '' && !easier && (
            <details className="exercise-example">
              <summary>{t('exercises.example')}</summary>
              <Paragraphs text={texts.example} />
            </details>
          )}
          <Before exercise={exercise} wording={wording} written={drafted.written} place={place} />
        </div>
        {fields.length > 0 && (
          <div lang={langOf(wording)}>
            <StepFields
              key={`${step.id} ${easier}`}
              step={step.id}
              fields={fields}
              texts={texts.fields}
              values={values}
              onChange={(field, value) =>
                keeper.type(draftText(withValue(readDraft(keeper.read().text), step.id, field, value)))
              }
            />
          </div>
        )}
        <DraftStatus
          state={state}
          keeper={keeper}
          show={(text) => (
            <WrittenText exercise={exercise} wording={wording} written={readDraft(text).written} />
          )}
        />
        {few !== undefined && asked === step.id && (
          <Notice kind="info" live title={t('exercises.fewer', { count: few.count, least: few.field.least })}>
            <p>
              {fields.length > 1 && (
                <>
                  {t('exercises.fewerWhere')}{' '}
                  <strong lang={langOf(wording)}>
                    {texts.fields.find(({ field }) => field === few.field.id)?.label}
                  </strong>
                  .{' '}
                </>
              )}
              {t('exercises.fewerHelp')}
            </p>
          </Notice>
        )}
        <WriteNotice write={doStep.problem || doStep.waiting ? doStep : finish} />
        <div className="row exercise-onwards">
          <Button type="submit" aria-disabled={stopped || busy}>
            {few !== undefined && asked === step.id
              ? t('exercises.goOnAnyway')
              : last
                ? t('exercises.finish')
                : t('exercises.next')}
          </Button>
          {place > 0 && (
            <Button variant="secondary" onClick={way.before}>
              {t('exercises.before')}
            </Button>
          )}
        </div>
      </form>
      <div className="exercise-ways">
        <Button
          variant="secondaryNoBorder"
          onClick={() => {
            setAsked(undefined)
            keeper.type(draftText(withEasier(readDraft(keeper.read().text), step.id, !easier)))
          }}
        >
          {easier ? t('exercises.usual') : t('exercises.tooHard')}
        </Button>
        <Button variant="secondaryNoBorder" aria-disabled={busy} onClick={() => aside.start(undefined)}>
          {t('exercises.leave')}
        </Button>
        <WriteNotice write={aside} />
      </div>
      <HelpLine />
    </Page>
  )
}

/** A step often goes on from what was written in those before it: it need not be remembered. */
function Before({
  exercise,
  wording,
  written,
  place,
}: {
  exercise: Exercise
  wording: Wording
  written: Written
  place: number
}) {
  const { t } = useTranslation()
  const before = Object.fromEntries(
    exercise.steps.slice(0, place).flatMap(({ id }) => (written[id] ? [[id, written[id]]] : [])),
  )
  if (Object.keys(before).length === 0) return null
  return (
    <details className="exercise-example">
      <summary>{t('exercises.writtenBefore')}</summary>
      <WrittenText exercise={exercise} wording={wording} written={before} />
    </details>
  )
}
