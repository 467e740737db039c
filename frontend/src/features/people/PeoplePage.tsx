import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dropdown, DropdownItem, SearchInput } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { ROLES } from '../../shared/session/roles'
import { unitsQuery } from '../../shared/session/units'
import { useRoleName } from '../../shared/session/useRoleName'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { type Filter, type Person, peopleQuery } from './api'
import { Pages } from './Pages'
import { StateTag } from './StateTag'
import './people.css'

const route = getRouteApi('/in/people')
const ALL = 'all'

export function PeoplePage({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const filter = route.useSearch()
  const query = useQuery(peopleQuery(filter))
  return (
    <Page
      title={t('nav.people')}
      aside={
        <Link to="/people/invite" className="button-link">
          {t('people.invite')}
        </Link>
      }
    >
      {children}
      <Filters filter={filter} />
      <Loaded query={query}>
        {({ people, total, page, pages }) =>
          people.length === 0 ? (
            <Empty title={t('people.none')} />
          ) : (
            <div className="stack">
              <p role="status">{t('people.found', { count: total })}</p>
              <PeopleList people={people} />
              <Pages page={page} pages={pages} />
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

function Filters({ filter }: { filter: Filter }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const roleName = useRoleName()
  const units = useQuery(unitsQuery)

  function change(part: Partial<Filter>) {
    void navigate({ to: '/people', search: { ...filter, page: undefined, ...part } })
  }

  return (
    <search className="people-filters">
      <SearchInput
        labelText={t('people.search')}
        searchButtonLabel={t('people.searchButton')}
        clearButtonLabel={t('people.clear')}
        defaultValue={filter.q ?? ''}
        fullWidth
        debounce={300}
        onChange={(q) => change({ q: q.trim() === '' ? undefined : q.trim() })}
      />
      <Dropdown
        labelText={t('scheduling.unit')}
        fullWidth
        value={filter.unit ?? ALL}
        onChange={(unit) => change({ unit: unit === ALL ? undefined : unit })}
      >
        {[
          { id: ALL, name: t('people.allUnits') },
          ...(units.data?.units.filter((unit) => unit.own) ?? []),
        ].map((unit) => (
          <DropdownItem key={unit.id} value={unit.id}>
            {unit.name}
          </DropdownItem>
        ))}
      </Dropdown>
      <Dropdown
        labelText={t('people.role')}
        fullWidth
        value={filter.role ?? ALL}
        onChange={(chosen) => change({ role: ROLES.find((role) => role === chosen) })}
      >
        {[ALL, ...ROLES].map((role) => (
          <DropdownItem key={role} value={role}>
            {role === ALL ? t('people.allRoles') : roleName(role)}
          </DropdownItem>
        ))}
      </Dropdown>
    </search>
  )
}

function PeopleList({ people }: { people: Person[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const roleName = useRoleName()
  return (
    <ul className="plain-list people-list">
      {people.map((person) => (
        <li key={person.id} className="people-line">
          <span>
            <Link to="/people/$person" params={{ person: person.id }} className="people-name">
              {person.name}
            </Link>
            <span className="quiet people-email">{person.email}</span>
          </span>
          <ul className="plain-list" aria-label={t('account.roles')}>
            {person.grants.map((grant) => (
              <li key={`${grant.role} ${grant.unit}`}>
                {roleName(grant.role)}, {grant.unitName}
              </li>
            ))}
          </ul>
          <span>
            <StateTag state={person.state} />
          </span>
          <span className="quiet">
            {person.lastSeen
              ? t('people.seen', { day: shortDay(dayOf(person.lastSeen), language) })
              : t('people.neverSeen')}
          </span>
        </li>
      ))}
    </ul>
  )
}
