import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextInput } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { followLanguage, useLanguage } from '../../shared/i18n/i18n'
import { isLanguage } from '../../shared/i18n/languages'
import { Page } from '../../shared/ui/Page'
import { Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Invitation, invitationQuery, useAccept } from './api'
import { aboutPassword, NewPassword } from './NewPassword'
import { longEnough } from './passwordRules'

const route = getRouteApi('/invitation/$token')

export function InvitationPage() {
  const { t } = useTranslation()
  const { token } = route.useParams()
  const invitation = useQuery({ ...invitationQuery(token), retry: false })
  return (
    <Page title={t('invitation.title')} width="text" lead={t('invitation.lead')}>
      <Loaded query={invitation}>{(data) => <AcceptForm token={token} invitation={data} />}</Loaded>
      {invitation.isError && <p>{t('invitation.askAgain')}</p>}
    </Page>
  )
}

function AcceptForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const [name, setName] = useState(invitation.name)
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const accept = useAccept(token, () => navigate({ to: '/' }))
  const fieldStatus = useFieldStatus(accept.problem)

  // Whoever invited chose a language; the switch above changes it from there.
  useEffect(() => {
    if (isLanguage(invitation.language)) void followLanguage(invitation.language)
  }, [invitation.language])

  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (name.trim() !== '' && longEnough(password))
          accept.start({ name: name.trim(), password, language })
      }}
    >
      <dl className="facts">
        <dt>{t('signIn.email')}</dt>
        <dd>{invitation.email}</dd>
        <dt>{t('invitation.units')}</dt>
        <dd>{invitation.unitNames.join(', ')}</dd>
        <dt>{t('invitation.expires')}</dt>
        <dd>{shortDay(dayOf(invitation.expires), language)}</dd>
      </dl>
      {!aboutPassword(accept.problem) && <WriteNotice write={accept} />}
      <TextInput
        labelText={t('account.name')}
        name="name"
        autoComplete="name"
        fullWidth
        value={name}
        onChange={(value) => setName(String(value ?? ''))}
        {...(asked && name.trim() === ''
          ? { status: 'error', statusText: t('fieldProblems.required') }
          : fieldStatus('name'))}
      />
      <NewPassword value={password} asked={asked} problem={accept.problem} onChange={setPassword} />
      <div>
        <Button type="submit" aria-disabled={accept.busy}>
          {t('invitation.submit')}
        </Button>
      </div>
    </form>
  )
}
