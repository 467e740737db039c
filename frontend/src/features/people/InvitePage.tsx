import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup, TextInput } from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../../shared/i18n/languages'
import { unitsQuery } from '../../shared/session/units'
import { Page } from '../../shared/ui/Page'
import { Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type GrantWish, type Unit, useInvite } from './api'
import { GrantsField } from './GrantsField'
import './people.css'

export function InvitePage() {
  const { t } = useTranslation()
  const units = useQuery(unitsQuery)
  return (
    <Page
      title={t('people.invite')}
      width="text"
      lead={t('people.inviteLead')}
      back={{ to: '/people', text: t('nav.people') }}
    >
      <Loaded query={units}>{(data) => <InviteForm units={data.units} />}</Loaded>
    </Page>
  )
}

function InviteForm({ units }: { units: Unit[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [language, setLanguage] = useState<Language>('fi')
  const firstUnit = units.find((unit) => unit.own)?.id ?? ''
  const [grants, setGrants] = useState<GrantWish[]>([{ role: 'trainee', unit: firstUnit }])
  const [asked, setAsked] = useState(false)
  const invite = useInvite((person) => navigate({ to: '/people/$person', params: { person: person.id } }))
  const fieldStatus = useFieldStatus(invite.problem)
  const required = { status: 'error', statusText: t('fieldProblems.required') } as const
  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (email.trim() === '' || name.trim() === '' || grants.length === 0) return
        invite.start({ email: email.trim(), name: name.trim(), language, grants })
      }}
    >
      <WriteNotice write={invite} />
      <TextInput
        labelText={t('account.name')}
        name="name"
        fullWidth
        value={name}
        onChange={(value) => setName(String(value ?? ''))}
        {...(asked && name.trim() === '' ? required : fieldStatus('name'))}
      />
      <TextInput
        labelText={t('signIn.email')}
        name="email"
        type="email"
        fullWidth
        value={email}
        onChange={(value) => setEmail(String(value ?? ''))}
        {...(asked && email.trim() === '' ? required : fieldStatus('email'))}
      />
      <RadioButtonGroup
        labelText={t('people.inviteLanguage')}
        name="language"
        value={language}
        onChange={(value) => isLanguage(value) && setLanguage(value)}
      >
        {LANGUAGES.map((one) => (
          <RadioButton key={one} value={one}>
            <span lang={one}>{LANGUAGE_NAMES[one]}</span>
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <GrantsField
        units={units}
        grants={grants}
        onChange={setGrants}
        {...(asked && grants.length === 0 && { wrong: t('people.needsGrant') })}
      />
      <div>
        <Button type="submit" aria-disabled={invite.busy}>
          {t('people.sendInvitation')}
        </Button>
      </div>
    </form>
  )
}
