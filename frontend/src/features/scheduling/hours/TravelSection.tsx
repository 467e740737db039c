import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { Empty, Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Travel, travelQuery, useSetTravel } from './api'
import './hours.css'

/** How long it takes from one unit to another; nothing is shown where there is only one. */
export function TravelSection() {
  const { t } = useTranslation()
  const query = useQuery(travelQuery)
  const [adding, setAdding] = useState(false)
  if (query.data && query.data.units.length < 2) return null
  return (
    <section className="stack" aria-labelledby="travel">
      <div className="row row-between">
        <h2 id="travel">{t('travel.title')}</h2>
        {!adding && query.data && (
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t('travel.add')}
          </Button>
        )}
      </div>
      <p>{t('travel.lead')}</p>
      <Loaded query={query}>
        {(travel) => (
          <>
            {adding && <TravelForm travel={travel} onClose={() => setAdding(false)} />}
            {travel.journeys.length === 0 ? (
              !adding && <Empty title={t('travel.none')} />
            ) : (
              <Journeys travel={travel} />
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

function Journeys({ travel }: { travel: Travel }) {
  const { t } = useTranslation()
  const set = useSetTravel(() => undefined)
  const units = new Map(travel.units.map((unit) => [unit.id, unit]))
  return (
    <>
      <ul className="plain-list open-list">
        {travel.journeys.map(({ unit, other, minutes }) => {
          const names = { from: units.get(unit)?.name ?? '', to: units.get(other)?.name ?? '' }
          return (
            <li key={`${unit} ${other}`} className="open-line">
              <span className="open-what">
                <strong>{t('travel.between', names)}</strong>
                <span className="quiet">{t('common.minutes', { count: minutes })}</span>
              </span>
              {(units.get(unit)?.own || units.get(other)?.own) && (
                <Button
                  variant="secondaryNoBorder"
                  aria-label={t('travel.removeOf', names)}
                  aria-disabled={set.busy}
                  onClick={() => set.start({ unit, other, minutes: 0 })}
                >
                  {t('common.remove')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <WriteNotice write={set} />
    </>
  )
}

const MINUTES = [5, 10, 15, 20, 30, 40, 50, 60, 90, 120]

function TravelForm({ travel, onClose }: { travel: Travel; onClose: () => void }) {
  const { t } = useTranslation()
  const own = travel.units.filter((unit) => unit.own)
  const [unit, setUnit] = useState(own[0]?.id ?? '')
  const others = travel.units.filter((one) => one.id !== unit)
  const [chosen, setChosen] = useState('')
  const other = others.find((one) => one.id === chosen)?.id ?? others[0]?.id ?? ''
  const [minutes, setMinutes] = useState('20')
  const set = useSetTravel(onClose)
  return (
    <form
      className="card hours-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        set.start({ unit, other, minutes: Number(minutes) })
      }}
    >
      <Dropdown labelText={t('travel.from')} fullWidth value={unit} onChange={setUnit}>
        {own.map((one) => (
          <DropdownItem key={one.id} value={one.id}>
            {one.name}
          </DropdownItem>
        ))}
      </Dropdown>
      <Dropdown labelText={t('travel.to')} fullWidth value={other} onChange={setChosen}>
        {others.map((one) => (
          <DropdownItem key={one.id} value={one.id}>
            {one.name}
          </DropdownItem>
        ))}
      </Dropdown>
      <Dropdown labelText={t('travel.minutes')} fullWidth value={minutes} onChange={setMinutes}>
        {MINUTES.map((one) => (
          <DropdownItem key={one} value={String(one)}>
            {t('common.minutes', { count: one })}
          </DropdownItem>
        ))}
      </Dropdown>
      <div className="hours-form-end">
        <WriteNotice write={set} />
        <div className="row">
          <Button type="submit" aria-disabled={set.busy}>
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
