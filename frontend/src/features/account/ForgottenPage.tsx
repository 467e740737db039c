import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextInput } from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { Page } from '../../shared/ui/Page'
import { Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { useAskForReset } from './api'

export function ForgottenPage() {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const ask = useAskForReset()
  const [asked, setAsked] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const fieldStatus = useFieldStatus(ask.problem)
  return (
    <Page
      title={t('forgotten.title')}
      width="text"
      lead={t('forgotten.lead')}
      back={{ to: '/sign-in', text: t('signIn.title') }}
    >
      {ask.output !== undefined ? (
        <Notice kind="good" live title={t('forgotten.sentTitle')}>
          <p>{t('forgotten.sentText', { email: ask.output })}</p>
        </Notice>
      ) : (
        <form
          className="form card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(true)
            if (email.trim() !== '') ask.start(email.trim())
            else field.current?.focus()
          }}
        >
          <WriteNotice write={ask} />
          <TextInput
            labelText={t('signIn.email')}
            type="email"
            name="email"
            autoComplete="username"
            fullWidth
            value={email}
            onChange={(value) => setEmail(String(value ?? ''))}
            forwardedRef={field}
            {...(asked && email.trim() === ''
              ? { status: 'error', statusText: t('forgotten.emailMissing') }
              : fieldStatus('email'))}
          />
          <div>
            <Button type="submit" aria-disabled={ask.busy}>
              {t('forgotten.submit')}
            </Button>
          </div>
        </form>
      )}
    </Page>
  )
}
