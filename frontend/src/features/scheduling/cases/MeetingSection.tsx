import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import type { CaseFile, Meeting } from './api'
import { CopyCaseText } from './CopyText'
import { OutcomeCard } from './OutcomeCard'
import { OutcomeForm } from './OutcomeForm'

type Props = {
  file: CaseFile
  meeting: Meeting
  /** Who has come to write the outcome finds the form open. */
  ready?: boolean
}

/** What one meeting came to, and the texts to take along. */
export function MeetingSection({ file, meeting, ready = false }: Props) {
  const { t } = useTranslation()
  const heading = useId()
  const { outcome } = meeting
  const [writing, setWriting] = useState(ready && meeting.writable && outcome === undefined)
  const [done, setDone] = useState(false)
  const coming = new Date(meeting.start) > new Date()
  return (
    <section className="stack" aria-labelledby={heading}>
      <h2 id={heading}>{t('cases.outcome')}</h2>
      {done && !writing && <p role="status">{t('cases.outcomeSaved')}</p>}
      {writing ? (
        <OutcomeForm
          file={file}
          meeting={meeting}
          onClose={() => setWriting(false)}
          onDone={() => {
            setWriting(false)
            setDone(true)
          }}
        />
      ) : (
        <>
          {outcome ? (
            <div className="card">
              <OutcomeCard outcome={outcome} />
            </div>
          ) : (
            <p className="card">{t(meeting.writable ? 'cases.noOutcome' : 'cases.noOutcomeYet')}</p>
          )}
          {meeting.writable && (
            <div>
              <Button
                variant={outcome ? 'secondary' : 'default'}
                onClick={() => {
                  setDone(false)
                  setWriting(true)
                }}
              >
                {t(outcome ? 'cases.changeOutcome' : 'cases.writeOutcome')}
              </Button>
            </div>
          )}
        </>
      )}
      {!file.withheld && !writing && (
        <div key={outcome?.version ?? 0} className="stack-small">
          {file.carries && (coming || outcome?.next) && (
            <CopyCaseText id={file.id} appointment={meeting.appointment} which="clientMessage" />
          )}
          <CopyCaseText id={file.id} appointment={meeting.appointment} which="patientRecord" />
        </div>
      )}
    </section>
  )
}
