import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { Dialog } from '../../shared/ui/Dialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type LearnerActivity, useReopenQuiz } from './api'

/** Gives a learner who used all attempts at a quiz one more, with the reason. */
export function Reopen({
  cohort,
  person,
  activity,
}: {
  cohort: string
  person: string
  activity: LearnerActivity
}) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const write = useReopenQuiz({ cohort, person, activity: activity.id }, () => setAsking(false))
  const status = useFieldStatus(write.problem)
  return (
    <>
      <Button variant="secondaryNoBorder" onClick={() => setAsking(true)}>
        {t('cohorts.reopen')}
      </Button>
      {asking && (
        <Dialog
          title={t('cohorts.reopenTitle', { title: activity.title })}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button aria-disabled={write.busy} onClick={() => write.start(reason)}>
                {t('cohorts.reopen')}
              </Button>
              <Button variant="secondary" onClick={() => setAsking(false)}>
                {t('common.cancel')}
              </Button>
            </>
          }
        >
          <p>{t('cohorts.reopenText')}</p>
          <Textarea
            labelText={t('cohorts.reopenReason')}
            fullWidth
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            {...status('reason')}
          />
          <WriteNotice write={write} />
        </Dialog>
      )}
    </>
  )
}
