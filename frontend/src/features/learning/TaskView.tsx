import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Prose } from '../../shared/ui/Prose'
import { Loading } from '../../shared/ui/states'
import type { Activity, ActivityViewProps } from './api'
import { GoOn } from './GoOn'
import { Rounds, RubricTable } from './marking/Rounds'
import { SavedNotice } from './SavedNotice'
import { TextForm } from './TextForm'
import './marking/marking.css'

type Task = NonNullable<Activity['task']>

/** A task: the text is written and handed in, read afterwards, and may be added to and handed in again. */
export function TaskView({ activity, reload }: ActivityViewProps) {
  return activity.task && <Writing activity={activity} task={activity.task} reload={reload} />
}

function Writing({ activity, task, reload }: ActivityViewProps & { task: Task }) {
  const [writing, setWriting] = useState(task.submitted === undefined || activity.draft.text !== '')
  const [reloading, setReloading] = useState(false)
  const [isNew, setIsNew] = useState(false)
  return (
    <>
      <Prose html={activity.html} language={activity.language} />
      <RubricTable rubric={task.rubric} />
      {writing && task.rounds.some((round) => round.feedback.length > 0) && (
        <Rounds rounds={task.rounds} rubric={task.rubric} />
      )}
      {writing ? (
        <TextForm
          activity={activity}
          startWith={task.submitted?.text}
          before={task.submitted?.at}
          onSubmitted={() => {
            setWriting(false)
            setIsNew(true)
            // Until then the page has the text of before.
            setReloading(true)
            void reload().finally(() => setReloading(false))
          }}
        />
      ) : reloading ? (
        <Loading />
      ) : (
        <Submitted
          activity={activity}
          task={task}
          isNew={isNew}
          finished={activity.requires === 'approve' && activity.done}
          onAdd={() => setWriting(true)}
        />
      )}
    </>
  )
}

function Submitted({
  activity,
  task,
  isNew,
  finished,
  onAdd,
}: {
  activity: Activity
  task: Task
  isNew: boolean
  finished: boolean
  onAdd: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { submitted, rounds } = task
  if (submitted === undefined) return <Loading />
  const answered = rounds.some((round) => round.feedback.length > 0)
  return (
    <section className="stack" aria-labelledby="your-answer">
      <h2 id="your-answer">{t('learning.yourAnswer')}</h2>
      <SavedNotice
        isNew={isNew}
        title={t('learning.submittedAt', { at: shortMoment(submitted.at, language) })}
      >
        <p>{t('learning.submittedHelp')}</p>
      </SavedNotice>
      {answered || rounds.length > 1 ? (
        <Rounds rounds={rounds} rubric={task.rubric} />
      ) : (
        <p className="card submitted-text">{submitted.text}</p>
      )}
      <div className="row">
        <GoOn activity={activity} />
        {!finished && (
          <Button variant="secondary" onClick={onAdd}>
            {t('learning.addToAnswer')}
          </Button>
        )}
      </div>
    </section>
  )
}
