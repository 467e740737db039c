import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { longDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { HelpLine } from '../shared/HelpLine'
import { goalQuery, NEW, useCloseGoal, useDeleteGoal, useKeepGoal } from './api'
import { GoalForm } from './GoalForm'
import { GoalList } from './GoalList'
import { GoalPicture } from './GoalPicture'
import { type KeptGoal, put, readDraft } from './goal'
import './goal.css'

const route = getRouteApi('/in/goals/$goal')

/** One goal of the person's own: to write, to see as a path or a list, to print, and to come back to. */
export function GoalPage() {
  const { t } = useTranslation()
  const { goal } = route.useParams()
  const query = useQuery(goalQuery(goal))
  const back = { to: '/exercises', text: t('goal.back') } as const
  return (
    <LoadedPage query={query}>
      {(data) => (
        <Page
          title={data.kept?.goal.title ?? t('goal.newTitle')}
          lead={data.kept === undefined ? t('goal.lead') : undefined}
          back={back}
        >
          <OneGoal key={goal} id={goal} kept={data.kept} draft={data.draft} />
          <HelpLine />
        </Page>
      )}
    </LoadedPage>
  )
}

function OneGoal({
  id,
  kept,
  draft,
}: {
  id: string
  kept: KeptGoal | undefined
  draft: { text: string; rev: number }
}) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const begun = readDraft(draft.text)
  const unkept = begun !== undefined && JSON.stringify(begun) !== JSON.stringify(kept?.goal)
  const [writing, setWriting] = useState(id === NEW || unkept)
  if (writing) {
    return (
      <GoalForm
        id={id}
        kept={kept}
        draft={draft}
        onKept={async (done) => {
          if (id === NEW) {
            await navigate({ to: '/goals/$goal', params: { goal: done.id }, replace: true })
            return
          }
          await queries.invalidateQueries({ queryKey: goalQuery(id).queryKey })
          setWriting(false)
        }}
        onCancel={kept && (() => setWriting(false))}
      />
    )
  }
  return kept && <Shown kept={kept} onWrite={() => setWriting(true)} />
}

const VIEWS = ['picture', 'list'] as const

function Shown({ kept, onWrite }: { kept: KeptGoal; onWrite: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [view, setView] = useState<(typeof VIEWS)[number]>('picture')
  const [asking, setAsking] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: goalQuery(kept.id).queryKey })
  const keep = useKeepGoal(kept.id, again, again)
  const close = useCloseGoal(kept.id, again)
  const remove = useDeleteGoal(kept.id, () => navigate({ to: '/exercises' }))
  const { goal } = kept
  const done = goal.subGoals.filter((sub) => sub.done).length
  return (
    <div className="stack-wide">
      {kept.closedAt && (
        <Notice kind="good" title={t(kept.reached ? 'goal.reachedNotice' : 'goal.leftNotice')} />
      )}
      <div className="row row-between goal-tools">
        <fieldset className="goal-views">
          <legend className="visually-hidden">{t('goal.shownAs')}</legend>
          {VIEWS.map((one) => (
            <label key={one}>
              <input type="radio" name="view" checked={view === one} onChange={() => setView(one)} />
              <span>{t(`goal.views.${one}`)}</span>
            </label>
          ))}
        </fieldset>
        <div className="row">
          <Button variant="secondary" onClick={onWrite}>
            {t('goal.edit')}
          </Button>
          <Button variant="secondary" onClick={() => window.print()}>
            {t('goal.print')}
          </Button>
        </div>
      </div>
      {goal.subGoals.length > 0 && (
        <p className="quiet">{t('goal.doneOf', { done, count: goal.subGoals.length })}</p>
      )}
      {view === 'picture' ? (
        <GoalPicture
          goal={goal}
          onDone={(at, isDone) => {
            const sub = goal.subGoals[at]
            if (sub)
              keep.start({
                goal: { ...goal, subGoals: put(goal.subGoals, at, { ...sub, done: isDone }) },
                over: kept.at,
              })
          }}
        />
      ) : (
        <GoalList goal={goal} />
      )}
      <WriteNotice write={keep} />
      <section className="stack" aria-labelledby="goal-days">
        <h2 id="goal-days">{t('goal.days')}</h2>
        {goal.days.length === 0 ? (
          <p>{t('goal.noDays')}</p>
        ) : (
          <ul className="goal-days">
            {goal.days.map((day) => (
              <li key={day}>{longDay(day, language, true)}</li>
            ))}
          </ul>
        )}
      </section>
      <div className="row goal-tools">
        {!kept.closedAt && (
          <>
            <Button variant="secondary" aria-disabled={close.busy} onClick={() => close.start(true)}>
              {t('goal.reached')}
            </Button>
            <Button variant="secondary" aria-disabled={close.busy} onClick={() => close.start(false)}>
              {t('goal.leave')}
            </Button>
          </>
        )}
        <Button variant="secondaryNoBorder" onClick={() => setAsking(true)}>
          {t('goal.delete')}
        </Button>
      </div>
      <WriteNotice write={close} />
      {asking && (
        <ConfirmDialog
          title={t('goal.deleteTitle')}
          text={t('goal.deleteText')}
          confirm={t('goal.delete')}
          write={remove}
          onConfirm={() => remove.start(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
