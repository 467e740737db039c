import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { DraftStatus } from '../../shared/drafts/DraftStatus'
import { useDraft } from '../../shared/drafts/useDraft'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { Prose } from '../../shared/ui/Prose'
import { Loading, Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Activity, type ActivityViewProps, useSubmission } from './api'

type Task = NonNullable<Activity['task']>

const LONGEST = 20_000

/** A task: the text is written and handed in, read afterwards, and may be added to and handed in again. */
export function TaskView({ activity, reload }: ActivityViewProps) {
  return activity.task && <Writing activity={activity} task={activity.task} reload={reload} />
}

function Writing({ activity, task, reload }: ActivityViewProps & { task: Task }) {
  const [writing, setWriting] = useState(task.submitted === undefined || activity.draft.text !== '')
  const [reloading, setReloading] = useState(false)
  return (
    <>
      <Prose html={activity.html} language={activity.language} />
      {writing ? (
        <TaskForm
          activity={activity}
          startWith={task.submitted?.text}
          onSubmitted={() => {
            setWriting(false)
            // Until then the page has the text of before.
            setReloading(true)
            void reload().finally(() => setReloading(false))
          }}
        />
      ) : reloading ? (
        <Loading />
      ) : (
        <Submitted submitted={task.submitted} onAdd={() => setWriting(true)} />
      )}
    </>
  )
}

function Submitted({ submitted, onAdd }: { submitted: Task['submitted']; onAdd: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (submitted === undefined) return <Loading />
  return (
    <section className="stack" aria-labelledby="your-answer">
      <h2 id="your-answer">{t('learning.yourAnswer')}</h2>
      <Notice kind="good" live title={t('learning.submittedAt', { at: shortMoment(submitted.at, language) })}>
        <p>{t('learning.submittedHelp')}</p>
      </Notice>
      <p className="card submitted-text">{submitted.text}</p>
      <div>
        <Button variant="secondary" onClick={onAdd}>
          {t('learning.addToAnswer')}
        </Button>
      </div>
    </section>
  )
}

function TaskForm({
  activity,
  startWith = '',
  onSubmitted,
}: {
  activity: Activity
  startWith?: string
  onSubmitted: () => void
}) {
  const { t } = useTranslation()
  const { state, keeper } = useDraft(`${activity.course}.${activity.id}`, activity.draft)
  useEffect(() => {
    if (keeper.read().text === '' && startWith !== '') keeper.type(startWith)
  }, [keeper, startWith])
  const submission = useSubmission(
    { course: activity.course, activity: activity.id },
    () => {
      keeper.submitted()
      onSubmitted()
    },
    () => keeper.release(),
  )
  const fieldStatus = useFieldStatus(submission.problem)
  const tooLong = state.text.length > LONGEST
  const conflict = state.status.kind === 'conflict'

  async function handIn() {
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else submission.start(text.trim())
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (state.text.trim() !== '' && !tooLong && !conflict) void handIn()
      }}
    >
      <Textarea
        labelText={t('learning.yourAnswer')}
        hintText={t('learning.taskHint')}
        fullWidth
        resize="vertical"
        className="task-text"
        value={state.text}
        onChange={(event) => keeper.type(event.target.value)}
        {...(tooLong
          ? {
              status: 'error',
              statusText: t('learning.tooLong', { limit: LONGEST, over: state.text.length - LONGEST }),
            }
          : fieldStatus('text'))}
      />
      <DraftStatus state={state} keeper={keeper} />
      <WriteNotice write={submission} />
      <div>
        <Button
          type="submit"
          aria-disabled={state.text.trim() === '' || tooLong || conflict || submission.busy}
        >
          {t('learning.submit')}
        </Button>
      </div>
    </form>
  )
}
