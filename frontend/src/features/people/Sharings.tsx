import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import { Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import {
  organisationsQuery,
  PURPOSES,
  type Purpose,
  type Sharing,
  sharingsQuery,
  type Unit,
  useShare,
  useStopSharing,
} from './api'

/** Which of our units another organisation may see, and what for. Nothing crosses the border otherwise. */
export function Sharings({ units }: { units: Unit[] }) {
  const { t } = useTranslation()
  const query = useQuery(sharingsQuery)
  const [adding, setAdding] = useState(false)
  return (
    <section className="stack" aria-labelledby="sharings">
      <div className="row row-between">
        <h2 id="sharings">{t('units.sharings')}</h2>
        {!adding && (
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t('units.share')}
          </Button>
        )}
      </div>
      <p className="quiet">{t('units.sharingsLead')}</p>
      {adding && <ShareForm units={units.filter((unit) => unit.own)} onClose={() => setAdding(false)} />}
      <Loaded query={query}>
        {({ sharings }) =>
          sharings.length === 0 ? (
            <p>{t('units.noSharings')}</p>
          ) : (
            <SharingList sharings={sharings} units={units} />
          )
        }
      </Loaded>
    </section>
  )
}

function SharingList({ sharings, units }: { sharings: Sharing[]; units: Unit[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [stopping, setStopping] = useState<Sharing>()
  const stop = useStopSharing(() => setStopping(undefined))
  return (
    <>
      <ul className="plain-list unit-list">
        {sharings.map((sharing) => (
          <li key={sharing.id} className="row row-between">
            <span className="unit-name">
              <span>
                <strong>{sharing.unitName}</strong> → {sharing.orgName}
              </span>
              <span className="quiet">
                {purposeText(t, sharing.purpose)} ·{' '}
                {t('units.since', { day: shortDay(dayOf(sharing.since), language) })}
              </span>
            </span>
            {units.some((unit) => unit.id === sharing.unit && unit.own) && (
              <Button
                variant="secondaryNoBorder"
                onClick={() => setStopping(sharing)}
                aria-label={t('units.stopNamed', { unit: sharing.unitName, org: sharing.orgName })}
              >
                {t('units.stop')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {stopping && (
        <ConfirmDialog
          title={t('units.stopTitle', { unit: stopping.unitName, org: stopping.orgName })}
          text={t('units.stopText', { org: stopping.orgName })}
          confirm={t('units.stop')}
          write={stop}
          onConfirm={() => stop.start(stopping.id)}
          onClose={() => setStopping(undefined)}
        />
      )}
    </>
  )
}

function purposeText(t: TFunction, purpose: string): string {
  const known = PURPOSES.find((one) => one === purpose)
  return known ? t(`units.purposes.${known}`) : purpose
}

function ShareForm({ units, onClose }: { units: Unit[]; onClose: () => void }) {
  const { t } = useTranslation()
  const organisations = useQuery(organisationsQuery)
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const [org, setOrg] = useState<string>()
  const [purpose, setPurpose] = useState<Purpose>('joint_appointments')
  const share = useShare(onClose)
  return (
    <Loaded query={organisations}>
      {(data) => {
        const others = data.organisations.filter((one) => !one.own)
        const chosen = org ?? others[0]?.id
        if (chosen === undefined) return <p>{t('units.noOthers')}</p>
        return (
          <form
            className="form card"
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              share.start({ unit, org: chosen, purpose })
            }}
          >
            <Dropdown labelText={t('units.whichUnit')} fullWidth value={unit} onChange={setUnit}>
              {units.map((one) => (
                <DropdownItem key={one.id} value={one.id}>
                  {one.name}
                </DropdownItem>
              ))}
            </Dropdown>
            <Dropdown labelText={t('units.toWhom')} fullWidth value={chosen} onChange={setOrg}>
              {others.map((one) => (
                <DropdownItem key={one.id} value={one.id}>
                  {one.name}
                </DropdownItem>
              ))}
            </Dropdown>
            <Dropdown
              labelText={t('units.purpose')}
              fullWidth
              value={purpose}
              onChange={(value) => setPurpose(PURPOSES.find((one) => one === value) ?? purpose)}
            >
              {PURPOSES.map((one) => (
                <DropdownItem key={one} value={one}>
                  {purposeText(t, one)}
                </DropdownItem>
              ))}
            </Dropdown>
            <WriteNotice write={share} />
            <div className="row">
              <Button type="submit" aria-disabled={share.busy}>
                {t('units.share')}
              </Button>
              <Button variant="secondary" onClick={onClose}>
                {t('common.cancel')}
              </Button>
            </div>
          </form>
        )
      }}
    </Loaded>
  )
}
