import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { DraftStatus } from '../../shared/drafts/DraftStatus'
import { useDraft } from '../../shared/drafts/useDraft'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { type Activity, useSubmission } from './api'
import { FormEnd } from './FormEnd'
import { draftGone } from './GoneNotice'
import { momentOf } from './writings'

const LONGEST = 20_000

/** Where the text of a task, or of a step of a development task, is written and handed in. */
export function TextForm({
  activity,
  step,
  startWith = '',
  before,
  submitText,
  onSubmitted,
}: {
  activity: Activity
  /** Of a development task; nothing when it is a task. */
  step?: string
  startWith?: string | undefined
  /** When the text was handed in that this one takes the place of. */
  before: string | undefined
  submitText?: string
  onSubmitted: () => void
}) {
  const { t } = useTranslation()
  // As the person had it before them when they began. The draft of a task remembers it; the steps of a development task share one.
  const [seen] = useState(() => momentOf(before))
  const { state, keeper } = useDraft(
    `${activity.course}.${activity.id}`,
    activity.draft,
    step === undefined ? { over: seen } : {},
  )
  useEffect(() => {
    if (keeper.read().text === '' && startWith !== '') keeper.type(startWith)
  }, [keeper, startWith])
  const submission = useSubmission(
    { course: activity.course, activity: activity.id, step },
    () => {
      keeper.submitted()
      onSubmitted()
    },
    () => keeper.release(),
    () => keeper.submitted(),
  )
  const fieldStatus = useFieldStatus(submission.problem)
  const tooLong = state.text.length > LONGEST
  const conflict = state.status.kind === 'conflict'

  async function handIn() {
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else submission.start({ text: text.trim(), over: keeper.over ?? seen })
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
      {!draftGone(state) && <DraftStatus state={state} keeper={keeper} />}
      <FormEnd course={activity.course} write={submission} draft={state}>
        <Button
          type="submit"
          aria-disabled={state.text.trim() === '' || tooLong || conflict || submission.busy}
        >
          {submitText ?? t('learning.submit')}
        </Button>
      </FormEnd>
    </form>
  )
}
