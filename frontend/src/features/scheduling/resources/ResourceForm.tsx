import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, CheckboxGroup, TextInput } from 'suomifi-ui-components'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { UnitField } from '../UnitField'
import { type KeptResource, useAddResource, useChangeResource } from './api'
import { LANGUAGES, useByLanguageName, useLanguageName } from './languages'

type Props = {
  kind: 'room' | 'interpreter'
  units: { id: string; name: string }[]
  /** What is changed; without one, something new is added. */
  resource?: KeptResource
  onClose: () => void
}

/** A room's name, or an interpreter's name, address and languages. */
export function ResourceForm({ kind, units, resource, onClose }: Props) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const [name, setName] = useState(resource?.name ?? '')
  const [email, setEmail] = useState(resource?.email ?? '')
  const [languages, setLanguages] = useState(resource?.languages ?? [])
  const [asked, setAsked] = useState(false)
  const add = useAddResource(onClose)
  const change = useChangeResource(resource?.id ?? '', onClose)
  const write = resource ? change : add
  const fieldStatus = useFieldStatus(write.problem)
  const interprets = kind === 'interpreter'
  const noLanguage = interprets && languages.length === 0

  function send() {
    setAsked(true)
    if (name.trim() === '' || noLanguage) return
    const wish = {
      name: name.trim(),
      ...(interprets && { languages, ...(email.trim() !== '' && { email: email.trim() }) }),
    }
    if (resource) change.start(wish)
    else add.start({ unit, kind, ...wish })
  }

  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput
        labelText={t('resources.name')}
        {...(kind === 'room' && { hintText: t('resources.roomNameHint') })}
        fullWidth
        value={name}
        onChange={(value) => setName(String(value ?? ''))}
        {...(asked && name.trim() === ''
          ? { status: 'error', statusText: t('fieldProblems.required') }
          : fieldStatus('name'))}
      />
      {!resource && <UnitField units={units} value={unit} onChange={setUnit} />}
      {interprets && (
        <>
          <TextInput
            labelText={t('resources.email')}
            optionalText={t('common.optional')}
            type="email"
            fullWidth
            value={email}
            onChange={(value) => setEmail(String(value ?? ''))}
            {...fieldStatus('email')}
          />
          <Languages chosen={languages} wrong={asked && noLanguage} onChange={setLanguages} />
        </>
      )}
      <WriteNotice write={write} />
      <div className="row">
        <Button type="submit" aria-disabled={write.busy}>
          {t('common.save')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function Languages({
  chosen,
  wrong,
  onChange,
}: {
  chosen: string[]
  wrong: boolean
  onChange: (languages: string[]) => void
}) {
  const { t } = useTranslation()
  const languageName = useLanguageName()
  const inOrder = useByLanguageName()
  const offered = inOrder([...new Set([...LANGUAGES, ...chosen])])
  return (
    <div className="language-choice">
      <CheckboxGroup
        labelText={t('resources.languages')}
        {...(wrong && { groupStatus: 'error', groupStatusText: t('resources.chooseLanguage') })}
      >
        {offered.map((code) => (
          <Checkbox
            key={code}
            checked={chosen.includes(code)}
            onClick={({ checkboxState }) =>
              onChange(checkboxState ? [...chosen, code] : chosen.filter((one) => one !== code))
            }
          >
            {languageName(code)}
          </Checkbox>
        ))}
      </CheckboxGroup>
    </div>
  )
}
