import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextInput } from 'suomifi-ui-components'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { useSetFloor } from './api'

const LEAST = 5
const GREATEST = 100

/** How many people a group must have before anybody sees figures of it. */
export function FloorForm({ org, floor }: { org: string; floor: number }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(String(floor))
  const [asked, setAsked] = useState(false)
  const [saved, setSaved] = useState(false)
  const set = useSetFloor(org, () => setSaved(true))
  const wanted = Number(typed)
  const good = /^\d{1,3}$/.test(typed.trim()) && wanted >= LEAST && wanted <= GREATEST
  return (
    <section className="stack" aria-labelledby="floor">
      <h2 id="floor">{t('instruments.floorTitle')}</h2>
      <p className="quiet instrument-note">{t('instruments.floorText')}</p>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
          if (good) set.start(wanted)
        }}
      >
        <TextInput
          labelText={t('instruments.floor')}
          hintText={t('instruments.floorHint', { least: LEAST, greatest: GREATEST })}
          type="number"
          value={typed}
          onChange={(value) => {
            setTyped(String(value ?? ''))
            setSaved(false)
          }}
          {...(asked &&
            !good && {
              status: 'error',
              statusText: t('instruments.floorWrong', { least: LEAST, greatest: GREATEST }),
            })}
        />
        {saved && <Notice kind="good" live title={t('common.saved')} />}
        <WriteNotice write={set} />
        <div>
          <Button type="submit" variant="secondary" aria-disabled={set.busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </section>
  )
}
