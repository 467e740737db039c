import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { useDraft } from '../../../shared/drafts/useDraft'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { WarningNotice } from '../../../shared/warnings/WarningNotice'
import { saveCaseDraft } from '../cases/api'
import { CopyText } from '../cases/CopyText'
import { QuestionLines, Withheld, Written } from '../cases/QuestionCard'
import { type Consultation, useWriteMessage } from './api'
import './consultations.css'

const LONGEST = 4_000

/** The question, what was written after it, and the place to answer. */
export function Thread({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (consultation.withheld) return <Withheld />
  if (consultation.gone) {
    return (
      <p className="quiet">{t('cases.goneSince', { day: shortDay(dayOf(consultation.gone), language) })}</p>
    )
  }
  return (
    <div className="stack">
      <div className="card">
        <QuestionLines question={consultation} />
        <Written by={consultation.askedBy} at={consultation.askedAt} />
      </div>
      <ol className="plain-list stack" aria-label={t('consultations.thread')}>
        {consultation.messages.map((message) => (
          <li key={message.at + message.by} className={message.doctor ? 'message message-doctor' : 'message'}>
            <p className="message-what">
              {t(
                message.answer
                  ? 'consultations.anAnswer'
                  : message.doctor
                    ? 'consultations.askedMore'
                    : 'consultations.addition',
              )}
            </p>
            <p className="case-text">{message.text || t('problems.text_gone')}</p>
            <Written by={message.by} at={message.at} />
            {message.inPlaceOf && <p>{t('standIn.inPlaceOf', { name: message.inPlaceOf })}</p>}
            {message.plan && consultation.asks && (
              <CopyText text={message.plan} button={t('consultations.copyPlan')} />
            )}
          </li>
        ))}
      </ol>
      {!consultation.closed && <Writing key={consultation.messages.length} consultation={consultation} />}
    </div>
  )
}

/** The place to write; a doctor who has answered is done, and asks for it. */
function Writing({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const done =
    consultation.answers && consultation.messages.at(-1)?.answer === true && !consultation.draft?.text
  const [open, setOpen] = useState(!done)
  if (open) return <MessageForm consultation={consultation} />
  return (
    <div>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        {t('consultations.yourMessage')}
      </Button>
    </div>
  )
}

function MessageForm({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const subject = `consultation.${consultation.id}`
  const { state, keeper } = useDraft(subject, consultation.draft ?? { rev: 0, text: '' }, {
    save: saveCaseDraft(subject),
  })
  const [asked, setAsked] = useState(false)
  const write = useWriteMessage(
    consultation.id,
    () => keeper.submitted(),
    () => keeper.release(),
  )
  const fieldStatus = useFieldStatus(write.problem)
  const conflict = state.status.kind === 'conflict'
  const over = state.text.length - LONGEST
  const wrong =
    over > 0
      ? t('learning.tooLong', { limit: LONGEST, over })
      : asked && state.text.trim() === ''
        ? t('fieldProblems.required')
        : undefined

  async function send(answer: boolean) {
    setAsked(true)
    if (state.text.trim() === '' || over > 0 || conflict || write.busy) return
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else write.start({ text: text.trim(), answer })
  }

  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send(consultation.answers)
      }}
    >
      <Textarea
        labelText={t(consultation.answers ? 'consultations.yourAnswer' : 'consultations.yourMessage')}
        hintText={t('cases.noNames')}
        fullWidth
        resize="vertical"
        value={state.text}
        onChange={(event) => keeper.type(event.target.value)}
        {...(wrong ? { status: 'error', statusText: wrong } : fieldStatus('text'))}
      />
      <WarningNotice texts={[state.text]} />
      <DraftStatus state={state} keeper={keeper} />
      <WriteNotice write={write} />
      <div className="row">
        <Button type="submit" aria-disabled={write.busy || conflict}>
          {t(consultation.answers ? 'consultations.answer' : 'consultations.send')}
        </Button>
        {consultation.answers && (
          <Button variant="secondary" aria-disabled={write.busy || conflict} onClick={() => void send(false)}>
            {t('consultations.askMore')}
          </Button>
        )}
      </div>
    </form>
  )
}
