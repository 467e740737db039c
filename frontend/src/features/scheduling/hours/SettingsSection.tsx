import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Settings, settingsQuery, useChangeSettings } from './api'
import { choicesOf, FIELDS, type Field, useSettingText } from './settings'
import './hours.css'

type Props = {
  person: string
  /** A doctor says more than others: only their hours are booked. */
  doctor: boolean
  own?: boolean
}

/** How somebody is booked: first as it is, in words; changed when asked for. */
export function SettingsSection({ person, doctor, own = false }: Props) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const query = useQuery(settingsQuery(person))
  return (
    <section className="stack" aria-labelledby="settings">
      <div className="row row-between">
        <h2 id="settings">{own ? t('settings.titleOwn') : t('settings.title')}</h2>
        {!changing && query.data && (
          <Button variant="secondary" onClick={() => setChanging(true)}>
            {t('settings.change')}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {(settings) =>
          changing ? (
            <SettingsForm settings={settings} doctor={doctor} onClose={() => setChanging(false)} />
          ) : (
            <Facts settings={settings} doctor={doctor} />
          )
        }
      </Loaded>
    </section>
  )
}

const shownTo = (doctor: boolean) =>
  FIELDS.filter((field) => doctor || field === 'before' || field === 'after')

function Facts({ settings, doctor }: { settings: Settings; doctor: boolean }) {
  const { t } = useTranslation()
  const text = useSettingText()
  return (
    <dl className="card facts">
      {shownTo(doctor).map((field) => (
        <Fragment key={field}>
          <dt>{t(`settings.fields.${field}`)}</dt>
          <dd>{text(field, settings[field])}</dd>
        </Fragment>
      ))}
      {doctor && (
        <>
          <dt>{t('settings.asking')}</dt>
          <dd>{settings.ask ? t('settings.asked') : t('settings.notAsked')}</dd>
        </>
      )}
    </dl>
  )
}

function SettingsForm({
  settings,
  doctor,
  onClose,
}: {
  settings: Settings
  doctor: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const text = useSettingText()
  const [{ person, name: _, ...wish }, setWish] = useState(settings)
  const change = useChangeSettings(person, onClose)
  const set = (field: Field, value: number) => setWish((before) => ({ ...before, [field]: value }))
  return (
    <form
      className="card settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        change.start(wish)
      }}
    >
      {shownTo(doctor).map((field) => (
        <Dropdown
          key={field}
          fullWidth
          labelText={t(`settings.fields.${field}`)}
          value={String(wish[field])}
          onChange={(value) => set(field, Number(value))}
        >
          {choicesOf(field, settings[field]).map((value) => (
            <DropdownItem key={value} value={String(value)}>
              {text(field, value)}
            </DropdownItem>
          ))}
        </Dropdown>
      ))}
      {doctor && (
        <div className="whole">
          <Checkbox
            checked={wish.ask}
            hintText={t('settings.askHelp')}
            onClick={({ checkboxState }) => setWish((before) => ({ ...before, ask: checkboxState }))}
          >
            {t('settings.ask')}
          </Checkbox>
        </div>
      )}
      <div className="whole stack-small">
        {doctor && <p className="quiet">{t('settings.returnHelp')}</p>}
        <WriteNotice write={change} />
        <div className="row">
          <Button type="submit" aria-disabled={change.busy}>
            {t('common.save')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}
