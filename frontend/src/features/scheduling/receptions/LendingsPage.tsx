import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem, TextInput } from 'suomifi-ui-components'
import { useMe } from '../../../shared/session/me'
import { hasRole, unitsWith } from '../../../shared/session/roles'
import { unitsQuery } from '../../../shared/session/units'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { useKeptUnits } from '../resources/useKeptUnits'
import { type Lendings, lendingsQuery, useLend } from './api'
import '../scheduling.css'
import './receptions.css'

const MOST = 500

/** What one's units lend to others and borrow from them; who keeps a unit decides what it lends. */
export function LendingsPage() {
  const { t } = useTranslation()
  const me = useMe()
  const kept = useKeptUnits()
  const own = unitsWith(me, 'doctor', 'coordinator', 'scheduler')
  const units = [...kept, ...own.filter((unit) => !kept.some(({ id }) => id === unit.id))]
  const keeps = hasRole(me, 'scheduler')
  return (
    <Page
      title={t('lendings.title')}
      lead={t('lendings.lead')}
      {...(keeps && { back: { to: '/doctors', text: t('nav.doctors') } })}
      {...(!keeps && hasRole(me, 'admin') && { back: { to: '/units', text: t('nav.units') } })}
    >
      {units.map((unit) => (
        <OfUnit key={unit.id} unit={unit} several={units.length > 1} />
      ))}
    </Page>
  )
}

function OfUnit({ unit, several }: { unit: { id: string; name: string }; several: boolean }) {
  const { t } = useTranslation()
  const query = useQuery(lendingsQuery(unit.id))
  const id = useId()
  const [adding, setAdding] = useState(false)
  return (
    <Loaded query={query}>
      {(lendings) => (
        <>
          <section className="stack" aria-labelledby={`lent-${id}`}>
            <div className="row row-between">
              <h2 id={`lent-${id}`}>
                {several ? t('lendings.lentOf', { unit: unit.name }) : t('lendings.lent')}
              </h2>
              {lendings.mayLend && !adding && (
                <Button variant="secondary" onClick={() => setAdding(true)}>
                  {t('lendings.add')}
                </Button>
              )}
            </div>
            {adding && (
              <AddLending
                unit={unit.id}
                known={lendings.lent.map((one) => one.unit)}
                onClose={() => setAdding(false)}
              />
            )}
            {lendings.lent.length === 0 ? (
              !adding && (
                <Empty title={t('lendings.noneLent')}>
                  {lendings.mayLend && <p>{t('lendings.noneLentHelp')}</p>}
                </Empty>
              )
            ) : (
              <ul className="plain-list reception-list">
                {lendings.lent.map((one) => (
                  <li key={one.unit}>
                    <Lent unit={unit.id} lending={one} mine={lendings.mayLend} />
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section className="stack" aria-labelledby={`borrowed-${id}`}>
            <h2 id={`borrowed-${id}`}>
              {several ? t('lendings.borrowedOf', { unit: unit.name }) : t('lendings.borrowed')}
            </h2>
            {lendings.borrowed.length === 0 ? (
              <Empty title={t('lendings.noneBorrowed')} />
            ) : (
              <ul className="plain-list reception-list">
                {lendings.borrowed.map((one) => (
                  <li key={one.unit} className="lending-row">
                    <Use lending={one} />
                  </li>
                ))}
              </ul>
            )}
          </section>
        </>
      )}
    </Loaded>
  )
}

type Lending = Lendings['lent'][number]

function Use({ lending }: { lending: Lending }) {
  const { t } = useTranslation()
  const left = Math.max(0, lending.places - lending.used)
  return (
    <>
      <span className="appointment-who">
        <strong>{lending.unitName}</strong>
        <span>{t('lendings.perMonth', { count: lending.places })}</span>
      </span>
      <span>{t('lendings.used', { used: lending.used, places: lending.places })}</span>
      <span className={left === 0 ? 'tag tag-beam' : 'tag'}>
        {left === 0 ? t('lendings.usedUp') : t('lendings.left', { count: left })}
      </span>
    </>
  )
}

function Lent({ unit, lending, mine }: { unit: string; lending: Lending; mine: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'change' | 'end'>()
  const close = () => setOpen(undefined)
  const end = useLend(unit, close)
  if (open === 'change') return <LendForm unit={unit} lending={lending} onClose={close} />
  return (
    <div className="lending-row">
      <Use lending={lending} />
      {mine && (
        <span className="row">
          <Button
            variant="secondaryNoBorder"
            onClick={() => setOpen('change')}
            aria-label={t('lendings.changeOf', { unit: lending.unitName })}
          >
            {t('lendings.change')}
          </Button>
          <Button
            variant="secondaryNoBorder"
            onClick={() => setOpen('end')}
            aria-label={t('lendings.endOf', { unit: lending.unitName })}
          >
            {t('lendings.end')}
          </Button>
        </span>
      )}
      {open === 'end' && (
        <ConfirmDialog
          title={t('lendings.endTitle')}
          text={t('lendings.endText', { unit: lending.unitName })}
          confirm={t('lendings.end')}
          write={end}
          onConfirm={() => end.start({ to: lending.unit, places: 0 })}
          onClose={close}
        />
      )}
    </div>
  )
}

type AddProps = { unit: string; known: string[]; onClose: () => void }

/** To whom places are lent is chosen from the units that have none yet. */
function AddLending({ unit, known, onClose }: AddProps) {
  const { t } = useTranslation()
  const query = useQuery(unitsQuery)
  return (
    <Loaded query={query}>
      {({ units }) => {
        const others = units.filter(({ id }) => id !== unit)
        const left = others.filter(({ id }) => !known.includes(id))
        if (left.length > 0) return <LendForm unit={unit} units={left} onClose={onClose} />
        return (
          <div className="card stack-small" role="status">
            <p>{t(others.length > 0 ? 'lendings.allLent' : 'lendings.noUnits')}</p>
            <div>
              <Button variant="secondary" onClick={onClose}>
                {t('booking.close')}
              </Button>
            </div>
          </div>
        )
      }}
    </Loaded>
  )
}

type Named = { id: string; name: string }
type FormProps = { unit: string; onClose: () => void } & (
  | { lending: Lending; units?: undefined }
  | { lending?: undefined; units: readonly Named[] }
)

function LendForm({ unit, lending, units = [], onClose }: FormProps) {
  const { t } = useTranslation()
  const [to, setTo] = useState<string>()
  const [places, setPlaces] = useState(String(lending?.places ?? 2))
  const [asked, setAsked] = useState(false)
  const lend = useLend(unit, onClose)
  const chosen = lending?.unit ?? to ?? units[0]?.id
  const number = Number(places)
  const fine = Number.isInteger(number) && number >= 1 && number <= MOST
  return (
    <form
      className="card hours-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (fine && chosen) lend.start({ to: chosen, places: number })
      }}
    >
      {lending ? (
        <p>
          <strong>{lending.unitName}</strong>
        </p>
      ) : (
        <Dropdown labelText={t('lendings.to')} fullWidth value={chosen ?? ''} onChange={setTo}>
          {units.map((one) => (
            <DropdownItem key={one.id} value={one.id}>
              {one.name}
            </DropdownItem>
          ))}
        </Dropdown>
      )}
      <TextInput
        labelText={t('lendings.places')}
        fullWidth
        inputMode="numeric"
        value={places}
        onChange={(typed) => setPlaces(String(typed ?? ''))}
        {...(asked && !fine && { status: 'error', statusText: t('lendings.wrongPlaces') })}
      />
      <div className="hours-form-end">
        <WriteNotice write={lend} />
        <div className="row">
          <Button type="submit" aria-disabled={lend.busy}>
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
