import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { dayOf, longDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { isLearner } from '../../../shared/session/roles'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { HelpLine } from '../shared/HelpLine'
import { type Exercise, exerciseQuery, type Run, useBegin } from './api'
import { PlainSwitch } from './PlainSwitch'
import type { Entry } from './place'
import { Runner } from './Runner'
import { inWords, langOf, useWording } from './wordings'
import './exercises.css'

const route = getRouteApi('/in/exercises/$exercise')

/** An exercise: what it is for, and then its steps; what is open goes on where it was left. */
export function ExercisePage() {
  const { exercise } = route.useParams()
  const { run } = route.useSearch()
  const query = useQuery(exerciseQuery(exercise))
  return (
    <LoadedPage query={query}>
      {(loaded) => (
        <Loaded
          key={`${exercise} ${run}`}
          exercise={loaded}
          chosen={run}
          reload={async () => (await query.refetch()).data}
        />
      )}
    </LoadedPage>
  )
}

function Loaded({
  exercise,
  chosen,
  reload,
}: {
  exercise: Exercise
  chosen: string | undefined
  reload: () => Promise<Exercise | undefined>
}) {
  const { step } = route.useSearch()
  const navigate = route.useNavigate()
  // As it was when it was opened: what is read anew below somebody who writes changes nothing for them.
  const [running, setRunning] = useState(() => {
    const open = chosen === undefined ? openRun(exercise) : exercise.runs.find(({ run }) => run === chosen)
    const wanted = chosen !== undefined || step !== undefined || !open?.setAside
    return open && !open.finishedAt && wanted ? open : undefined
  })
  const [entry, setEntry] = useState<Entry | undefined>(running && step === undefined ? 'replace' : undefined)
  if (entry && step !== undefined) setEntry(undefined)
  const noStep = running === undefined && step !== undefined
  useEffect(() => {
    // A step of what was finished or never begun.
    if (noStep) void navigate({ search: ({ run }) => ({ run }), replace: true })
  }, [noStep, navigate])

  function begin(run: Run | undefined) {
    setRunning(run)
    setEntry('push')
  }

  const intro = (goOn?: () => unknown) => (
    <Intro
      exercise={exercise}
      onGoOn={goOn ?? begin}
      onBegun={async (run) => begin((await reload())?.runs.find((one) => one.run === run))}
    />
  )
  return running ? (
    <Runner key={running.run} exercise={exercise} run={running} entry={entry} intro={intro} />
  ) : (
    intro()
  )
}

/** The run that beginning goes on with: a daily exercise begins anew each day. */
export function openRun({ runs, session }: Pick<Exercise, 'runs' | 'session'>, now = new Date()) {
  return runs.find(
    ({ finishedAt, begun }) => !finishedAt && (session !== 'daily' || dayOf(begun) === dayOf(now)),
  )
}

function Intro({
  exercise,
  onGoOn,
  onBegun,
}: {
  exercise: Exercise
  onGoOn: (run: Run) => unknown
  onBegun: (run: string) => unknown
}) {
  const { t } = useTranslation()
  const me = useMe()
  const { wording, plain, choose } = useWording()
  const words = inWords(exercise.wordings, wording)
  const begin = useBegin(exercise.id, onBegun)
  const open = openRun(exercise)
  // Where there is a tool of its own, the steps are the second way.
  const light = exercise.kind === 'goal' ? { variant: 'secondary' as const } : {}
  const mayBegin = isLearner(me) && !exercise.refused
  return (
    <Page
      title={words.title}
      eyebrow={`${t(`exercises.parts.${exercise.part}`)} · ${t('common.minutes', { count: exercise.minutes })}`}
      lead={<span lang={langOf(wording)}>{words.purpose}</span>}
      width="text"
      back={{ to: '/exercises', text: isLearner(me) ? t('exercises.title') : t('exercises.trainerTitle') }}
      aside={<PlainSwitch plain={plain} choose={choose} />}
    >
      {mayBegin && (
        <div className="stack">
          <p>{exercise.kind === 'goal' ? t('exercises.goalTool') : t('exercises.beforeYouBegin')}</p>
          <WriteNotice write={begin} />
          <div className="row">
            {exercise.kind === 'goal' && (
              <Link to="/goals/$goal" params={{ goal: 'new' }} className="button-link">
                {t('exercises.toGoalTool')}
              </Link>
            )}
            {open ? (
              <Button {...light} onClick={() => onGoOn(open)}>
                {t('exercises.goOnHere')}
              </Button>
            ) : (
              <Button {...light} aria-disabled={begin.busy} onClick={() => begin.start(undefined)}>
                {exercise.kind === 'goal' ? t('exercises.beginSteps') : t('exercises.begin')}
              </Button>
            )}
          </div>
        </div>
      )}
      {isLearner(me) && exercise.refused && (
        <Notice title={t('exercises.refusedHere')}>
          <p>
            <Link to="/exercises">{t('exercises.title')}</Link>
          </p>
        </Notice>
      )}
      <section className="stack" aria-labelledby="steps" lang={langOf(wording)}>
        <h2 id="steps" lang={undefined}>
          {t('exercises.steps')}
        </h2>
        <ol className="exercise-contents">
          {exercise.steps.map((step) => (
            <li key={step.id}>
              <span>{words.steps.find((one) => one.step === step.id)?.title}</span>{' '}
              <span className="quiet nowrap">{t('common.minutes', { count: step.minutes })}</span>
            </li>
          ))}
        </ol>
      </section>
      <EarlierRuns exercise={exercise} open={open} />
      <section className="card stack" aria-labelledby="with-client">
        <h2 id="with-client" className="exercise-small">
          {t('exercises.withClient')}
        </h2>
        <p>{t('exercises.withClientText')}</p>
        <div className="row">
          <Link
            to="/exercises/$exercise/sheet"
            params={{ exercise: exercise.id }}
            search={{}}
            className="button-link button-link-light"
          >
            {t('exercises.toSheet')}
          </Link>
          <Link
            to="/exercises/$exercise/sheet"
            params={{ exercise: exercise.id }}
            search={{ view: 'screen' }}
            className="button-link button-link-light"
          >
            {t('exercises.toScreen')}
          </Link>
        </div>
      </section>
      <details className="exercise-sources">
        <summary>{t('exercises.sources')}</summary>
        <ul>
          {exercise.sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </details>
      <HelpLine />
    </Page>
  )
}

function EarlierRuns({ exercise, open }: { exercise: Exercise; open: Run | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const earlier = exercise.runs.filter(({ run }) => run !== open?.run)
  if (earlier.length === 0) return null
  return (
    <section className="stack" aria-labelledby="earlier">
      <h2 id="earlier">{t('exercises.earlier')}</h2>
      <ul className="plain-list stack">
        {earlier.map((run) => (
          <li key={run.run}>
            {run.finishedAt ? (
              <Link to="/exercises/$exercise/written/$run" params={{ exercise: exercise.id, run: run.run }}>
                {longDay(dayOf(run.finishedAt), language, true)}
              </Link>
            ) : (
              <>
                <Link to="/exercises/$exercise" params={{ exercise: exercise.id }} search={{ run: run.run }}>
                  {longDay(dayOf(run.begun), language, true)}
                </Link>{' '}
                <span className="quiet">{t('exercises.unfinished')}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
