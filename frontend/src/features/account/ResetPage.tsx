import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Page } from '../../shared/ui/Page'
import { Loaded, Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { resetQuery, useReset } from './api'
import { aboutPassword, NewPassword } from './NewPassword'
import { longEnough } from './passwordRules'

const route = getRouteApi('/password-reset/$token')

export function ResetPage() {
  const { t } = useTranslation()
  const { token } = route.useParams()
  const reset = useReset(token)
  const link = useQuery({ ...resetQuery(token), retry: false })
  return (
    <Page title={t('reset.title')} width="text">
      {reset.output ? (
        <Notice kind="good" live title={t('reset.doneTitle')}>
          <p>{t('reset.doneText')}</p>
          <p>
            <Link to="/sign-in" className="button-link">
              {t('signIn.submit')}
            </Link>
          </p>
        </Notice>
      ) : (
        <Loaded query={link}>{() => <ResetForm reset={reset} />}</Loaded>
      )}
      {link.isError && (
        <p>
          <Link to="/forgotten-password">{t('reset.askAgain')}</Link>
        </p>
      )}
    </Page>
  )
}

function ResetForm({ reset }: { reset: ReturnType<typeof useReset> }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (longEnough(password)) reset.start(password)
      }}
    >
      {!aboutPassword(reset.problem) && <WriteNotice write={reset} />}
      <NewPassword value={password} asked={asked} problem={reset.problem} onChange={setPassword} />
      <div>
        <Button type="submit" aria-disabled={reset.busy}>
          {t('reset.submit')}
        </Button>
      </div>
    </form>
  )
}
