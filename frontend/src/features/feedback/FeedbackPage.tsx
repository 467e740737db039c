import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea, TextInput } from 'suomifi-ui-components'
import { shortDay } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { useSendFeedback } from './api'

const route = getRouteApi('/feedback')

export function FeedbackPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { page = '/' } = route.useSearch()
  const [text, setText] = useState('')
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState(false)
  const send = useSendFeedback()
  const fieldStatus = useFieldStatus(send.problem)
  return (
    <Page title={t('feedback.title')} width="text" lead={t('feedback.lead')}>
      {send.output ? (
        <Notice kind="good" live title={t('feedback.thanks')}>
          <p>{t('feedback.due', { day: shortDay(send.output.due, language) })}</p>
        </Notice>
      ) : (
        <form
          className="form card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(true)
            if (text.trim() === '') return
            send.start({ text: text.trim(), page, ...(email.trim() !== '' && { email: email.trim() }) })
          }}
        >
          <WriteNotice write={send} />
          <Textarea
            labelText={t('feedback.text')}
            hintText={t('feedback.textHint')}
            name="text"
            fullWidth
            resize="vertical"
            value={text}
            onChange={(event) => setText(event.target.value)}
            {...(asked && text.trim() === ''
              ? { status: 'error', statusText: t('fieldProblems.required') }
              : fieldStatus('text'))}
          />
          <TextInput
            labelText={t('signIn.email')}
            optionalText={t('common.optional')}
            hintText={t('feedback.emailHint')}
            type="email"
            name="email"
            autoComplete="email"
            fullWidth
            value={email}
            onChange={(value) => setEmail(String(value ?? ''))}
            {...fieldStatus('email')}
          />
          <div>
            <Button type="submit" aria-disabled={send.busy}>
              {t('feedback.send')}
            </Button>
          </div>
        </form>
      )}
    </Page>
  )
}
