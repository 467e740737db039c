import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import type { CaseFile, Meeting } from './api'
import { CopyTexts } from './CopyText'
import { OutcomeCard } from './OutcomeCard'
import { OutcomeForm } from './OutcomeForm'

/** What one meeting came to, and the texts to take along. */
export function MeetingSection({ file, meeting }: { file: CaseFile; meeting: Meeting }) {
  const { t } = useTranslation()
  const heading = useId()
  const [writing, setWriting] = useState(false)
  const [done, setDone] = useState(false)
  const { outcome } = meeting
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
      {!file.withheld && (
        <CopyTexts
          key={outcome?.version ?? 0}
          id={file.id}
          appointment={meeting.appointment}
          coming={new Date(meeting.start) > new Date()}
        />
      )}
    </section>
  )
}
