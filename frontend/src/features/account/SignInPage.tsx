import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextInput } from 'suomifi-ui-components'
import { useProblemText } from '../../shared/http/useProblemText'
import { useRoleName } from '../../shared/session/useRoleName'
import harbour from '../../shared/ui/harbour.svg'
import { Page } from '../../shared/ui/Page'
import { Notice } from '../../shared/ui/states'
import { statusQuery, useSignIn } from './api'
import { PasswordField } from './PasswordField'
import './account.css'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const roleName = useRoleName()
  const { return: back } = route.useSearch()
  const router = useRouter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const signIn = useSignIn(() => router.history.push(back ?? '/'))
  const status = useQuery(statusQuery)

  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')}>
      {back !== undefined && <Notice title={t('signIn.toGoOn')} />}
      <div className="sign-in">
        <form
          className="form card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(true)
            if (email.trim() !== '' && password !== '') signIn.start({ email: email.trim(), password })
          }}
        >
          {signIn.problem && <Notice kind="bad" live title={problemText(signIn.problem)} />}
          {signIn.waiting && <Notice kind="warning" live title={t('problems.unavailable')} />}
          <TextInput
            labelText={t('signIn.email')}
            type="email"
            name="email"
            autoComplete="username"
            fullWidth
            value={email}
            onChange={(value) => setEmail(String(value ?? ''))}
            {...(asked &&
              email.trim() === '' && { status: 'error', statusText: t('fieldProblems.required') })}
          />
          <PasswordField
            label={t('signIn.password')}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            {...(asked && password === '' && { wrong: t('fieldProblems.required') })}
          />
          <div className="row row-between">
            <Button type="submit" aria-disabled={signIn.busy}>
              {t('signIn.submit')}
            </Button>
            <Link to="/forgotten-password">{t('signIn.forgotten')}</Link>
          </div>
        </form>
        <img src={harbour} alt="" className="sign-in-picture" />
      </div>
      {status.data?.demo && status.data.demoPeople && (
        <section className="stack" aria-labelledby="demo">
          <h2 id="demo">{t('signIn.demoTitle')}</h2>
          <p>{t('signIn.demoText')}</p>
          <ul className="demo-people plain-list">
            {status.data.demoPeople.map((person) => (
              <li key={person.email}>
                <button
                  type="button"
                  onClick={() =>
                    signIn.start({ email: person.email, password: status.data?.demoPassword ?? '' })
                  }
                >
                  <strong>{person.name}</strong>
                  <span className="demo-roles">
                    {person.role.split(', ').map(roleName).join(', ').toLowerCase()}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
