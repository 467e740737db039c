import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextInput } from 'suomifi-ui-components'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import { Dialog } from '../../shared/ui/Dialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Person, useDeactivate, useErase } from './api'

type Props = { person: Person; onClose: () => void }

export function DeactivateDialog({ person, onClose }: Props) {
  const { t } = useTranslation()
  const deactivate = useDeactivate(person.id, onClose)
  return (
    <ConfirmDialog
      title={t('people.deactivateTitle', { name: person.name })}
      text={t('people.deactivateText')}
      confirm={t('people.deactivate')}
      write={deactivate}
      onConfirm={() => deactivate.start(undefined)}
      onClose={onClose}
    />
  )
}

/** Erasing cannot be taken back, so the name is typed. */
export function EraseDialog({ person, onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState(false)
  const erase = useErase(person.id, () => navigate({ to: '/people', search: {} }))
  const right = typed.trim() === person.name
  return (
    <Dialog
      title={t('people.eraseTitle', { name: person.name })}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={erase.busy}
            onClick={() => {
              setAsked(true)
              if (right) erase.start(typed.trim())
            }}
          >
            {t('people.eraseConfirm')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('people.eraseText')}</p>
      <TextInput
        labelText={t('people.eraseType', { name: person.name })}
        fullWidth
        value={typed}
        onChange={(value) => setTyped(String(value ?? ''))}
        {...(asked && !right && { status: 'error', statusText: t('people.eraseMismatch') })}
      />
      <WriteNotice write={erase} />
    </Dialog>
  )
}
