import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { addDays, dayOf, longDay } from '../../../shared/dates/dates'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { useDraft } from '../../../shared/drafts/useDraft'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { DayField } from '../../../shared/ui/DayField'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { WarningNotice } from '../../../shared/warnings/WarningNotice'
import { useAdded } from '../shared/useAdded'
import { draftOf, useKeepGoal } from './api'
import { GoalList } from './GoalList'
import {
  asks,
  begun,
  emptyGoal,
  emptySubGoal,
  type Goal,
  isBegun,
  type KeptGoal,
  MOST,
  moved,
  placed,
  put,
  readDraft,
  STEPS,
  type Step,
  stands,
  stepLeft,
  tidied,
} from './goal'
import { useGoalStep } from './place'
import { SubGoalFields } from './SubGoalFields'

/** Writing a goal, in four short steps; it is saved as it is typed, and every step may be left as it is. */
export function GoalForm({
  id,
  kept,
  draft,
  onKept,
  onCancel,
}: {
  id: string
  kept: KeptGoal | undefined
  draft: { text: string; rev: number }
  onKept: (kept: KeptGoal) => unknown
  onCancel: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const { state, keeper } = useDraft(draftOf(id), draft, { over: kept?.at })
  const goal = readDraft(state.text) ?? kept?.goal ?? emptyGoal()
  // What was kept is read again from its beginning; what was not is gone on with where it was left.
  const [resumed] = useState(() => (kept ? 1 : stepLeft(goal)))
  const here = useRef<HTMLButtonElement>(null)
  const way = useGoalStep(resumed, STEPS.length, here)
  const step = STEPS[way.step - 1] ?? 'goal'
  const navigate = useNavigate()
  const [nameless, setNameless] = useState(false)
  const [added, onAdded] = useAdded<HTMLDivElement>(goal.subGoals.length, '.goal-card')
  const write = useKeepGoal(
    id,
    async (done) => {
      keeper.submitted()
      await way.leaveSteps()
      return onKept(done)
    },
    () => keeper.release(),
  )
  const change = (part: Partial<Goal>) => keeper.type(JSON.stringify({ ...goal, ...part }))
  const since = write.problem?.code === 'written_since'

  async function keep(over: number | undefined) {
    if (goal.title.trim() === '') {
      setNameless(true)
      way.go(1)
      return
    }
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else write.start({ goal: tidied(readDraft(text) ?? goal), over })
  }

  return (
    <form
      className="stack-wide goal-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (way.step === STEPS.length) void keep(keeper.over)
        else way.go(way.step + 1)
      }}
    >
      <ol className="goal-steps">
        {STEPS.map((one, number) => (
          <li key={one}>
            <button
              type="button"
              className={one === step ? 'goal-step goal-step-here' : 'goal-step'}
              {...(one === step && { ref: here, 'aria-current': 'step' as const })}
              onClick={() => way.go(number + 1)}
            >
              <span aria-hidden="true">{number + 1}</span> {t(`goal.steps.${one}`)}
            </button>
          </li>
        ))}
      </ol>
      {step === 'goal' && (
        <div className="stack">
          <Textarea
            labelText={t('goal.title')}
            hintText={t('goal.titleHint')}
            fullWidth
            value={goal.title}
            onChange={(event) => {
              setNameless(false)
              change({ title: event.target.value })
            }}
            {...(nameless && { status: 'error', statusText: t('goal.nameless') })}
          />
          <Textarea
            labelText={t('goal.sign')}
            hintText={t('goal.signHint')}
            fullWidth
            value={goal.sign}
            onChange={(event) => change({ sign: event.target.value })}
          />
          <Textarea
            labelText={t('goal.why')}
            hintText={t('goal.whyHint')}
            optionalText={t('common.optional')}
            fullWidth
            value={goal.why}
            onChange={(event) => change({ why: event.target.value })}
          />
          <DayField
            label={t('goal.by')}
            day={goal.by}
            optional
            onDay={(by) => change(by ? { by } : { by: '' })}
          />
        </div>
      )}
      {(step === 'subGoals' || step === 'obstacles') && (
        <div ref={added} className="stack-wide">
          <p>{t(step === 'subGoals' ? 'goal.subGoalsLead' : 'goal.obstaclesLead')}</p>
          {step === 'obstacles' && !goal.subGoals.some(stands) && (
            <p className="quiet">{t('goal.noRoutes')}</p>
          )}
          {shownAt(step, goal).map(({ one: sub, at: place }) => (
            <SubGoalFields
              key={place}
              number={place + 1}
              sub={sub}
              about={step}
              onChange={(changed) => change({ subGoals: put(goal.subGoals, place, changed) })}
              onMove={(by) => change({ subGoals: moved(goal.subGoals, place, by) })}
              first={place === 0}
              last={place === goal.subGoals.length - 1}
            />
          ))}
          {step === 'subGoals' && goal.subGoals.length < MOST.subGoals && (
            <div>
              <Button
                variant="secondary"
                onClick={() => {
                  onAdded()
                  change({ subGoals: [...goal.subGoals, emptySubGoal()] })
                }}
              >
                {t('goal.addSubGoal')}
              </Button>
            </div>
          )}
        </div>
      )}
      {step === 'days' && <Days goal={goal} onDays={(days) => change({ days })} />}
      {step !== 'goal' && <Asks goal={goal} about={step} />}
      <WarningNotice texts={[state.text]} />
      <DraftStatus state={state} keeper={keeper} show={shown} />
      {since ? (
        <div className="row">
          <WriteNotice write={write} />
          <Button onClick={() => void keep(undefined)}>{t('goal.keepMine')}</Button>
        </div>
      ) : (
        <WriteNotice write={write} />
      )}
      <div className="row">
        <Button type="submit" aria-disabled={write.busy}>
          {step === 'days' ? t('goal.keep') : t('goal.next')}
        </Button>
        {way.step > 1 && (
          <Button variant="secondary" onClick={way.before}>
            {t('goal.before')}
          </Button>
        )}
        {step !== 'days' && (
          <Button variant="secondary" aria-disabled={write.busy} onClick={() => void keep(keeper.over)}>
            {t('goal.keepNow')}
          </Button>
        )}
        {kept === undefined && isBegun(goal) && (
          <Discard
            onDiscard={async () => {
              keeper.type('')
              await keeper.flush()
              await way.leaveSteps()
              await navigate({ to: '/exercises' })
            }}
          />
        )}
        {onCancel && (
          <Button
            variant="secondaryNoBorder"
            onClick={() => {
              if (kept) keeper.type(JSON.stringify(kept.goal))
              void way.leaveSteps().then(onCancel)
            }}
          >
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Obstacles are written to what there is; a row that waits for words has none. */
function shownAt(step: Step, { subGoals }: Goal) {
  return placed(subGoals).filter(({ one }) => step !== 'obstacles' || stands(one))
}

/** One of two drafts to choose from, as it would be read. */
function shown(text: string) {
  const goal = readDraft(text)
  return goal === undefined ? null : (
    <div className="stack">
      <p className="goal-list-sub">{goal.title}</p>
      <GoalList goal={tidied(goal)} />
    </div>
  )
}

/** What could still be added at this step: a question, and one may go on without an answer. */
function Asks({ goal, about }: { goal: Goal; about: Step }) {
  const { t } = useTranslation()
  const here = asks(goal).filter(
    ({ what }) => about === 'days' || (about === 'subGoals') === (what === 'subGoals' || what === 'routes'),
  )
  if (here.length === 0 || ((about === 'subGoals' || about === 'obstacles') && !begun(goal, about)))
    return null
  return (
    <div className="goal-asks" role="status">
      <ul>
        {here.map(({ what, count }) => (
          <li key={what}>{t(`goal.asks.${what}`, { count })}</li>
        ))}
      </ul>
      <p className="quiet">{t('goal.mayGoOn')}</p>
    </div>
  )
}

const SOON = [
  { name: 'week', days: 7 },
  { name: 'month', days: 30 },
  { name: 'quarter', days: 90 },
] as const

/** Throws away a goal that was never kept. */
function Discard({ onDiscard }: { onDiscard: () => Promise<void> }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  return (
    <>
      <Button variant="secondaryNoBorder" onClick={() => setAsking(true)}>
        {t('goal.discard')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('goal.discardTitle')}
          text={t('goal.deleteText')}
          confirm={t('goal.discard')}
          write={{ busy, waiting: false, problem: undefined }}
          onConfirm={() => {
            if (busy) return
            setBusy(true)
            void onDiscard()
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

function Days({ goal, onDays }: { goal: Goal; onDays: (days: string[]) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const today = dayOf(new Date())
  const [fresh, setFresh] = useState(0)
  const add = (day: string) => onDays([...new Set([...goal.days, day])].sort())
  const full = goal.days.length >= MOST.days
  return (
    <div className="stack">
      <p>{t('goal.daysLead')}</p>
      {goal.days.length > 0 && (
        <ul className="plain-list goal-days">
          {goal.days.map((day) => (
            <li key={day} className="row">
              <span>{longDay(day, language, true)}</span>
              <Button
                variant="secondaryNoBorder"
                aria-label={t('goal.removeDay', { day: longDay(day, language, true) })}
                onClick={() => onDays(goal.days.filter((one) => one !== day))}
              >
                {t('goal.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!full && (
        <>
          <div className="row">
            {SOON.filter(({ days }) => !goal.days.includes(addDays(today, days))).map(({ name, days }) => (
              <Button key={name} variant="secondary" onClick={() => add(addDays(today, days))}>
                {t(`goal.in.${name}`)}
              </Button>
            ))}
          </div>
          <DayField
            key={fresh}
            label={t('goal.otherDay')}
            day={undefined}
            optional
            onDay={(day) => {
              if (day === undefined) return
              add(day)
              setFresh(fresh + 1)
            }}
          />
        </>
      )}
    </div>
  )
}
