import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextInput } from 'suomifi-ui-components'
import { asProblem, type Problem } from '../../shared/http/problem'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useMe } from '../../shared/session/me'
import { isLearner } from '../../shared/session/roles'
import { useRoleName } from '../../shared/session/useRoleName'
import { Page } from '../../shared/ui/Page'
import { Failed, Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { downloadMyData, useChangePassword, useRename } from './api'
import { aboutPassword, NewPassword } from './NewPassword'
import { PasswordField } from './PasswordField'
import { longEnough } from './passwordRules'
import './account.css'

/** One's own account. Notices is where learners choose what they are told of. */
export function AccountPage({ notices }: { notices: ReactNode }) {
  const { t } = useTranslation()
  const me = useMe()
  const roleName = useRoleName()
  return (
    <Page title={t('nav.account')} width="text">
      <Section id="who" title={t('account.who')}>
        <dl className="facts card">
          <dt>{t('signIn.email')}</dt>
          <dd>{me.email}</dd>
          <dt>{t('account.roles')}</dt>
          <dd>
            <ul className="plain-list">
              {me.grants.map((grant) => (
                <li key={`${grant.role} ${grant.unit}`}>
                  {roleName(grant.role)}, {grant.unitName}
                </li>
              ))}
            </ul>
          </dd>
        </dl>
        <NameForm name={me.name} />
      </Section>
      <Section id="password" title={t('account.changePassword')}>
        <PasswordForm />
      </Section>
      {isLearner(me) && (
        <Section id="notices" title={t('common.notices', { count: 0 })}>
          {notices}
        </Section>
      )}
      <Section id="data" title={t('account.data')}>
        <DataDownload />
      </Section>
    </Page>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="account-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function NameForm({ name }: { name: string }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(name)
  const rename = useRename()
  const fieldStatus = useFieldStatus(rename.problem)
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== '') rename.start(typed.trim())
      }}
    >
      <TextInput
        labelText={t('account.name')}
        name="name"
        autoComplete="name"
        fullWidth
        value={typed}
        onChange={(value) => setTyped(String(value ?? ''))}
        {...(typed.trim() === ''
          ? { status: 'error', statusText: t('fieldProblems.required') }
          : fieldStatus('name'))}
      />
      <WriteNotice write={rename} />
      {rename.output && <Notice kind="good" live title={t('common.saved')} />}
      <div>
        <Button type="submit" variant="secondary" aria-disabled={rename.busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}

function PasswordForm() {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const change = useChangePassword(() => {
    setCurrent('')
    setPassword('')
    setAsked(false)
  })
  const currentWrong = change.problem?.code === 'password_wrong'
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (current !== '' && longEnough(password)) change.start({ current, password })
      }}
    >
      <p>{t('account.passwordEnds')}</p>
      <PasswordField
        label={t('account.currentPassword')}
        name="current"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        {...(asked && current === '' && { wrong: t('fieldProblems.required') })}
        {...(currentWrong && { wrong: t('problems.password_wrong') })}
      />
      <NewPassword value={password} asked={asked} problem={change.problem} onChange={setPassword} />
      {!currentWrong && !aboutPassword(change.problem) && <WriteNotice write={change} />}
      {change.output && <Notice kind="good" live title={t('account.passwordChanged')} />}
      <div>
        <Button type="submit" variant="secondary" aria-disabled={change.busy}>
          {t('account.changePassword')}
        </Button>
      </div>
    </form>
  )
}

function DataDownload() {
  const { t } = useTranslation()
  const [problem, setProblem] = useState<Problem>()
  async function download() {
    setProblem(undefined)
    try {
      await downloadMyData()
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <>
      <p>{t('account.dataText')}</p>
      {problem && <Failed problem={problem} />}
      <div>
        <Button variant="secondary" onClick={() => void download()}>
          {t('account.download')}
        </Button>
      </div>
    </>
  )
}
