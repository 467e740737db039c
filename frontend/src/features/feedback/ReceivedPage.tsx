import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { shortDay, shortMoment } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Feedback, feedbackQuery, useAnswer } from './api'

export function ReceivedPage() {
  const { t } = useTranslation()
  const feedback = useQuery(feedbackQuery)
  return (
    <Page title={t('feedback.received')} width="text" lead={t('feedback.receivedLead')}>
      <Loaded query={feedback}>
        {({ feedback: all }) =>
          all.length === 0 ? (
            <Empty title={t('feedback.none')} />
          ) : (
            <ul className="plain-list stack">
              {all.map((one) => (
                <li key={one.id}>
                  <ReceivedCard feedback={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function ReceivedCard({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <article className="card stack">
      <div className="row row-between">
        <h2 className="quiet">{t('feedback.cameAt', { at: shortMoment(feedback.at, language) })}</h2>
        {feedback.answered ? (
          <span className="tag tag-good">✓ {t('feedback.answered')}</span>
        ) : (
          <span className={feedback.overdue ? 'tag tag-bad' : 'tag tag-beam'}>
            {feedback.overdue
              ? t('feedback.overdue', { day: shortDay(feedback.due, language) })
              : t('feedback.dueBy', { day: shortDay(feedback.due, language) })}
          </span>
        )}
      </div>
      <p>{feedback.text}</p>
      <p className="quiet">
        {t('feedback.page')} {feedback.page}
        {feedback.email && ` · ${feedback.email}`}
      </p>
      {feedback.answered && (
        <p>
          <strong>{t('feedback.answer')}</strong> {feedback.answered.text}
        </p>
      )}
      {!feedback.answered && !open && (
        <div>
          <Button variant="secondary" onClick={() => setOpen(true)}>
            {t('feedback.writeAnswer')}
          </Button>
        </div>
      )}
      {!feedback.answered && open && <AnswerForm feedback={feedback} />}
    </article>
  )
}

function AnswerForm({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const answer = useAnswer(feedback.id)
  const fieldStatus = useFieldStatus(answer.problem)
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') answer.start(text.trim())
      }}
    >
      <Textarea
        labelText={t('feedback.answer')}
        hintText={feedback.email ? t('feedback.answerMailed') : t('feedback.answerKept')}
        fullWidth
        resize="vertical"
        value={text}
        onChange={(event) => setText(event.target.value)}
        {...fieldStatus('text')}
      />
      <WriteNotice write={answer} />
      <div>
        <Button type="submit" aria-disabled={answer.busy}>
          {t('feedback.saveAnswer')}
        </Button>
      </div>
    </form>
  )
}
