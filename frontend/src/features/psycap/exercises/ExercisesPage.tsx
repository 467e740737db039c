import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { isLearner } from '../../../shared/session/roles'
import { Page } from '../../../shared/ui/Page'
import { Loaded, Loading, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { HelpLine } from '../shared/HelpLine'
import { exercisesQuery, type Listed, useRefuse, type Wording } from './api'
import { PlainSwitch } from './PlainSwitch'
import { inWords, langOf, useWording } from './wordings'
import './exercises.css'

type Slots = {
  /** What waits for an answer. */
  before?: ReactNode
  /** Whether that is still on its way. */
  waits?: boolean
  /** What comes of the exercises. */
  after?: ReactNode
}

/** A learner's own resources: what is open first, then what is short and for today, then the two sessions. */
export function ExercisesPage({ before, waits, after }: Slots) {
  const { t } = useTranslation()
  const { wording, plain, choose } = useWording()
  const learner = isLearner(useMe())
  const query = useQuery(exercisesQuery)
  return (
    <Page
      title={learner ? t('exercises.title') : t('exercises.trainerTitle')}
      lead={learner ? t('exercises.lead') : t('exercises.trainerLead')}
      width="text"
      aside={<PlainSwitch plain={plain} choose={choose} />}
    >
      {waits || query.isLoading ? (
        <div className="exercise-wait">
          <Loading />
        </div>
      ) : (
        <>
          {learner && before}
          <Loaded query={query}>
            {({ exercises, refused }) =>
              refused ? (
                <Refused />
              ) : (
                <div className="stack-wide">
                  {learner && <GoOn exercises={exercises} wording={wording} />}
                  <DailySection exercises={exercises} wording={wording} />
                  {(['1', '2'] as const).map((session) => (
                    <Session key={session} session={session} exercises={exercises} wording={wording} />
                  ))}
                </div>
              )
            }
          </Loaded>
          {learner && after}
          {learner && query.data && !query.data.refused && <Refuse />}
          <HelpLine />
        </>
      )}
    </Page>
  )
}

type Shown = { exercises: readonly Listed[]; wording: Wording }

/** The exercise that was begun last, unless it was left for another time. */
function GoOn({ exercises, wording }: Shown) {
  const { t } = useTranslation()
  const open = exercises
    .flatMap((exercise) =>
      exercise.open && !exercise.open.setAside ? [{ exercise, run: exercise.open }] : [],
    )
    .sort((a, b) => b.run.begun.localeCompare(a.run.begun))[0]
  if (open === undefined) return null
  const { exercise, run } = open
  return (
    <section className="card stack exercise-open" aria-labelledby="go-on">
      <h2 id="go-on">{t('exercises.goOn')}</h2>
      <p>
        <strong lang={langOf(wording)}>{inWords(exercise.names, wording).title}</strong>
        <br />
        <span className="quiet">
          {t('exercises.stepOf', { nth: Math.min(run.done + 1, exercise.steps), all: exercise.steps })}
        </span>
      </p>
      <div>
        <Link to="/exercises/$exercise" params={{ exercise: exercise.id }} className="button-link">
          {t('exercises.goOnButton')}
        </Link>
      </div>
    </section>
  )
}

function DailySection({ exercises, wording }: Shown) {
  const { t } = useTranslation()
  const language = useLanguage()
  const daily = exercises.filter(({ session }) => session === 'daily')
  if (daily.length === 0) return null
  const past = daily
    .flatMap((exercise) =>
      exercise.done.map((run) => ({ ...run, exercise: exercise.id, names: exercise.names })),
    )
    .sort((a, b) => b.finishedAt.localeCompare(a.finishedAt))
    .slice(0, 5)
  return (
    <section className="stack" aria-labelledby="daily">
      <h2 id="daily">{t('exercises.today')}</h2>
      <ul className="plain-list exercise-daily">
        {daily.map((exercise) => (
          <li key={exercise.id} className="card">
            <ExerciseLink exercise={exercise} wording={wording} purpose />
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <div className="exercise-past">
          <p id="last-times">{t('exercises.lastTimes')}</p>
          <ul className="plain-list" aria-labelledby="last-times">
            {past.map(({ run, exercise, finishedAt, names }) => (
              <li key={run}>
                <Link to="/exercises/$exercise/written/$run" params={{ exercise, run }}>
                  {shortDay(dayOf(finishedAt), language)}{' '}
                  <span lang={langOf(wording)}>{inWords(names, wording).title}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Session({ session, exercises, wording }: Shown & { session: '1' | '2' }) {
  const { t } = useTranslation()
  const all = exercises.filter((exercise) => exercise.session === session)
  if (all.length === 0) return null
  return (
    <section className="stack" aria-labelledby={`session-${session}`}>
      <h2 id={`session-${session}`}>
        {t(session === '1' ? 'exercises.sessions.first' : 'exercises.sessions.second')}{' '}
        <span className="quiet nowrap">
          {t('common.minutes', { count: all.reduce((sum, { minutes }) => sum + minutes, 0) })}
        </span>
      </h2>
      <ol className="plain-list exercise-path">
        {all.map((exercise) => (
          <li key={exercise.id} className={exercise.done.length > 0 ? 'exercise-done' : undefined}>
            <ExerciseLink exercise={exercise} wording={wording} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function ExerciseLink({
  exercise,
  wording,
  purpose,
}: {
  exercise: Listed
  wording: Wording
  purpose?: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const names = inWords(exercise.names, wording)
  const last = exercise.done[0]
  const state =
    exercise.open === undefined
      ? last && t('exercises.doneOn', { day: shortDay(dayOf(last.finishedAt), language) })
      : exercise.open.setAside
        ? t('exercises.aside')
        : t('exercises.unfinished')
  return (
    <div className="exercise-line">
      <Link to="/exercises/$exercise" params={{ exercise: exercise.id }} lang={langOf(wording)}>
        {names.title}
      </Link>
      {purpose && <p lang={langOf(wording)}>{names.purpose}</p>}
      <p className="quiet">
        {t(`exercises.parts.${exercise.part}`)} · {t('common.minutes', { count: exercise.minutes })}
        {state && ` · ${state}`}
      </p>
    </div>
  )
}

/** One tap, and it can be taken back. */
function Refuse() {
  const { t } = useTranslation()
  const refuse = useRefuse()
  return (
    <div className="stack exercise-refuse">
      <p className="quiet">{t('exercises.voluntary')}</p>
      <div>
        <Button variant="secondaryNoBorder" aria-disabled={refuse.busy} onClick={() => refuse.start(true)}>
          {t('exercises.refuse')}
        </Button>
      </div>
      <WriteNotice write={refuse} />
    </div>
  )
}

function Refused() {
  const { t } = useTranslation()
  const refuse = useRefuse()
  return (
    <Notice title={t('exercises.refused')}>
      <p>{t('exercises.refusedText')}</p>
      <div>
        <Button variant="secondary" aria-disabled={refuse.busy} onClick={() => refuse.start(false)}>
          {t('exercises.wantAgain')}
        </Button>
      </div>
      <WriteNotice write={refuse} />
    </Notice>
  )
}
