import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dropdown, DropdownItem } from 'suomifi-ui-components'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { type Instrument, instrumentsQuery, type Organisation } from './api'
import { FloorForm } from './FloorForm'
import { InstrumentCard } from './InstrumentCard'
import './instruments.css'

const RIGHTS = ['own', 'free_with_credit', 'licence'] as const

/** Which questionnaires the organisation may use, and what is still missing of those that are somebody else's. */
export function InstrumentsPage() {
  const { t } = useTranslation()
  const query = useQuery(instrumentsQuery)
  return (
    <Page title={t('nav.instruments')} lead={t('instruments.lead')}>
      <Loaded query={query}>
        {({ organisations }) => {
          const mine = organisations.filter((one) => one.administers)
          return mine.length === 0 ? <Empty title={t('instruments.none')} /> : <Chosen organisations={mine} />
        }}
      </Loaded>
    </Page>
  )
}

function Chosen({ organisations }: { organisations: Organisation[] }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string>()
  const org = organisations.find((one) => one.org === chosen) ?? organisations[0]
  if (org === undefined) return null
  return (
    <>
      {organisations.length > 1 && (
        <Dropdown labelText={t('instruments.organisation')} value={org.org} onChange={setChosen}>
          {organisations.map((one) => (
            <DropdownItem key={one.org} value={one.org}>
              {one.name}
            </DropdownItem>
          ))}
        </Dropdown>
      )}
      {RIGHTS.map((rights) => (
        <Group
          key={rights}
          rights={rights}
          org={org.org}
          instruments={org.instruments.filter((one) => one.rights === rights)}
        />
      ))}
      <FloorForm key={org.org} org={org.org} floor={org.floor} />
    </>
  )
}

function Group({
  rights,
  org,
  instruments,
}: {
  rights: (typeof RIGHTS)[number]
  org: string
  instruments: Instrument[]
}) {
  const { t } = useTranslation()
  if (instruments.length === 0) return null
  return (
    <section className="stack" aria-labelledby={`rights-${rights}`}>
      <h2 id={`rights-${rights}`}>{t(`instruments.rights.${rights}`)}</h2>
      <p className="quiet">{t(`instruments.rightsMean.${rights}`)}</p>
      <ul className="plain-list instruments">
        {instruments.map((one) => (
          <li key={one.id} className="card stack">
            <InstrumentCard org={org} instrument={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}
