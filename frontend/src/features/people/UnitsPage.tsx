import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem, TextInput } from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { unitsQuery } from '../../shared/session/units'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { UNIT_KINDS, type Unit, type UnitKind, useAddUnit, useChangeUnit } from './api'
import { Sharings } from './Sharings'
import './people.css'

/** The units; others add what they know of them. */
export function UnitsPage({ children }: { children?: ReactNode }) {
  const { t } = useTranslation()
  const units = useQuery(unitsQuery)
  return (
    <Page
      title={t('nav.units')}
      lead={t('units.lead')}
      aside={
        <div className="row">
          <Link to="/registers" className="button-link button-link-light">
            {t('register.title')}
          </Link>
          <Link to="/lendings" className="button-link button-link-light">
            {t('lendings.title')}
          </Link>
        </div>
      }
    >
      <Loaded query={units}>
        {(data) => (
          <>
            <UnitList units={data.units} />
            <Sharings units={data.units} />
          </>
        )}
      </Loaded>
      {children}
    </Page>
  )
}

function UnitList({ units }: { units: Unit[] }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const organisations = new Map<string, { name: string; own: boolean; units: Unit[] }>()
  for (const unit of units) {
    const known = organisations.get(unit.org)
    if (known) known.units.push(unit)
    else organisations.set(unit.org, { name: unit.orgName, own: unit.own, units: [unit] })
  }
  const own = units.find((unit) => unit.own)
  if (organisations.size === 0) return <Empty title={t('units.none')} />
  return (
    <>
      {[...organisations]
        .sort(([, one], [, other]) => Number(other.own) - Number(one.own))
        .map(([org, organisation]) => (
          <section key={org} className="stack" aria-labelledby={`org-${org}`}>
            <div className="row row-between">
              <h2 id={`org-${org}`}>
                {organisation.name} {!organisation.own && <span className="tag">{t('units.shared')}</span>}
              </h2>
              {organisation.own && !adding && (
                <Button variant="secondary" onClick={() => setAdding(true)}>
                  {t('units.add')}
                </Button>
              )}
            </div>
            {organisation.own && adding && own && <UnitForm org={own.org} onClose={() => setAdding(false)} />}
            <ul className="plain-list unit-list">
              {organisation.units.map((unit) => (
                <li key={unit.id}>
                  <UnitLine unit={unit} />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </>
  )
}

function UnitLine({ unit }: { unit: Unit }) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const [changing, setChanging] = useState(false)
  if (changing) return <UnitForm unit={unit} org={unit.org} onClose={() => setChanging(false)} />
  return (
    <div className="row row-between">
      <span className="unit-name">
        <strong>{unit.name}</strong> <span className="quiet">{kindName(unit.kind)}</span>
      </span>
      {unit.own && (
        <Button
          variant="secondaryNoBorder"
          onClick={() => setChanging(true)}
          aria-label={t('units.changeNamed', { name: unit.name })}
        >
          {t('units.change')}
        </Button>
      )}
    </div>
  )
}

function useKindName(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => {
    const known = UNIT_KINDS.find((one) => one === kind)
    return known ? t(`units.kinds.${known}`) : kind
  }
}

function UnitForm({ unit, org, onClose }: { unit?: Unit; org: string; onClose: () => void }) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const [name, setName] = useState(unit?.name ?? '')
  const [kind, setKind] = useState<UnitKind>(UNIT_KINDS.find((one) => one === unit?.kind) ?? 'health_centre')
  const [asked, setAsked] = useState(false)
  const add = useAddUnit(onClose)
  const change = useChangeUnit(unit?.id ?? '', onClose)
  const write = unit ? change : add
  const fieldStatus = useFieldStatus(write.problem)
  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (name.trim() === '') return
        if (unit) change.start({ name: name.trim(), kind })
        else add.start({ name: name.trim(), kind, org })
      }}
    >
      <TextInput
        labelText={t('units.name')}
        fullWidth
        value={name}
        onChange={(value) => setName(String(value ?? ''))}
        {...(asked && name.trim() === ''
          ? { status: 'error', statusText: t('fieldProblems.required') }
          : fieldStatus('name'))}
      />
      <Dropdown
        labelText={t('units.kind')}
        fullWidth
        value={kind}
        onChange={(value) => setKind(UNIT_KINDS.find((one) => one === value) ?? kind)}
      >
        {UNIT_KINDS.map((one) => (
          <DropdownItem key={one} value={one}>
            {kindName(one)}
          </DropdownItem>
        ))}
      </Dropdown>
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
