import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup, TextInput } from 'suomifi-ui-components'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { useAddCalendar } from './api'
import { FileField, type Picked } from './FileField'

/** Another calendar: by its address, which is read again and again, or from a file, which is read once. */
export function CalendarForm({ person, onClose }: { person: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [source, setSource] = useState<'address' | 'file'>('address')
  const [address, setAddress] = useState('')
  const [picked, setPicked] = useState<Picked>()
  const [asked, setAsked] = useState(false)
  const add = useAddCalendar(person, onClose)
  const secure = /^(https|webcals?):\/\/\S+$/i.test(address.trim())

  function send() {
    setAsked(true)
    if (source === 'address') {
      if (secure) add.start({ address: address.trim() })
    } else if (picked && 'file' in picked) {
      add.start({ file: picked.file })
    }
  }

  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <RadioButtonGroup
        labelText={t('calendars.source')}
        name="source"
        value={source}
        onChange={(value) => {
          setSource(value === 'file' ? 'file' : 'address')
          setAsked(false)
          add.reset()
        }}
      >
        <RadioButton value="address" hintText={t('calendars.addressKind')}>
          {t('calendars.byAddress')}
        </RadioButton>
        <RadioButton value="file" hintText={t('calendars.fileKind')}>
          {t('calendars.byFile')}
        </RadioButton>
      </RadioButtonGroup>
      {source === 'address' ? (
        <TextInput
          labelText={t('calendars.address')}
          hintText={t('calendars.addressHint')}
          type="url"
          fullWidth
          value={address}
          onChange={(value) => setAddress(String(value ?? ''))}
          {...(asked && !secure
            ? { status: 'error', statusText: t('problems.calendar_address') }
            : { status: 'default' })}
        />
      ) : (
        <FileField
          label={t('calendars.file')}
          onPick={setPicked}
          {...(asked && !picked && { wrong: t('fieldProblems.required') })}
          {...(picked && 'wrong' in picked && { wrong: wrongText(t, picked.wrong) })}
        />
      )}
      <WriteNotice write={add} />
      {add.busy && (
        <p role="status" className="quiet">
          {t('calendars.reading')}
        </p>
      )}
      <div className="row">
        <Button type="submit" aria-disabled={add.busy}>
          {t('calendars.take')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

export function wrongText(t: TFunction, wrong: 'large' | 'unreadable'): string {
  return wrong === 'large' ? t('problems.calendar_large') : t('calendars.unreadable')
}
