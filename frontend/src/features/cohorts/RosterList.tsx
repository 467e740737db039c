import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem, TextInput } from 'suomifi-ui-components'
import { dayOf, daysAgo, shortDay } from '../../shared/dates/dates'
import { percent } from '../../shared/dates/numbers'
import { useLanguage } from '../../shared/i18n/i18n'
import { Notice } from '../../shared/ui/states'
import { ExtendDialog } from './ExtendDialog'
import { InvitedRow } from './InvitedRow'
import { MessageDialog } from './MessageDialog'
import { matching } from './matrix'
import { leftOf } from './missing'
import {
  ALL,
  FILTERS,
  type Filter,
  groupOf,
  inGroup,
  MINE,
  type Order,
  ordered,
  passes,
  rosterFile,
} from './roster'
import type { Roster, RosterRow } from './rosterApi'
import { SmallGroups } from './SmallGroups'

const route = getRouteApi('/in/cohorts/$cohort')

const AT_A_TIME = 50

/** The learners of a cohort: counts that filter, what each misses, and what can be done for those who are chosen. */
export function RosterList({ roster }: { roster: Roster }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<Filter>()
  const navigate = useNavigate()
  const group = groupOf(route.useSearch().group, roster)
  const looked = roster.learners.filter((row) => inGroup(row, group))
  const [typed, setTyped] = useState('')
  const [order, setOrder] = useState<Order>('name')
  const [shown, setShown] = useState(AT_A_TIME)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<'message' | 'extend'>()
  const [done, setDone] = useState<string>()
  const now = new Date()

  const found = ordered(
    matching(
      looked.filter((row) => passes(row, filter)),
      typed,
    ),
    order,
  )
  // Nobody is written to who is not on the page: a filter takes the others out of what was chosen. Who never came in is told nothing.
  const choosable = found.filter((row) => !row.invited)
  const people = choosable.filter((row) => chosen.has(row.person))
  const filters = FILTERS.filter(
    (one) => one !== 'invited' || filter === one || looked.some((row) => row.invited),
  )
  const choose = (rows: readonly RosterRow[], yes: boolean) => {
    const next = new Set(people.map((row) => row.person))
    for (const row of rows) {
      if (yes) next.add(row.person)
      else next.delete(row.person)
    }
    setChosen(next)
    setDone(undefined)
  }
  const all = choosable.length > 0 && people.length === choosable.length
  const finish = (said: string) => {
    setOpen(undefined)
    setChosen(new Set())
    setDone(said)
  }

  return (
    <div className="stack">
      <ul className="plain-list roster-counts" aria-label={t('roster.filters')}>
        {filters.map((one) => (
          <li key={one}>
            <button
              type="button"
              className="roster-count"
              aria-pressed={filter === one}
              onClick={() => setFilter(filter === one ? undefined : one)}
            >
              <strong>{looked.filter((row) => passes(row, one)).length}</strong> {t(`roster.filter.${one}`)}
            </button>
          </li>
        ))}
      </ul>
      <div className="roster-tools thumb-fields">
        {roster.learners.length > 10 && (
          <TextInput
            labelText={t('cohorts.find')}
            value={typed}
            fullWidth
            onChange={(value) => {
              setTyped(String(value ?? ''))
              setShown(AT_A_TIME)
            }}
          />
        )}
        <Dropdown
          labelText={t('roster.order')}
          fullWidth
          value={order}
          onChange={(value) => setOrder(value as Order)}
        >
          {(['name', 'percent', 'seen'] as const).map((one) => (
            <DropdownItem key={one} value={one}>
              {t(`roster.orders.${one}`)}
            </DropdownItem>
          ))}
        </Dropdown>
        {roster.groups.length > 0 && (
          <Dropdown
            labelText={t('roster.group')}
            fullWidth
            value={group}
            onChange={(chosen: string) =>
              void navigate({
                to: '/cohorts/$cohort',
                params: { cohort: roster.cohort.id },
                search: { group: chosen },
                replace: true,
              })
            }
          >
            {[
              ...(roster.grouped
                ? [
                    <DropdownItem key={MINE} value={MINE}>
                      {t('roster.mine')}
                    </DropdownItem>,
                  ]
                : []),
              <DropdownItem key={ALL} value={ALL}>
                {t('roster.everybody')}
              </DropdownItem>,
              ...roster.groups.map((one) => (
                <DropdownItem key={one.id} value={one.id}>
                  {one.name}
                </DropdownItem>
              )),
            ]}
          </Dropdown>
        )}
      </div>
      {done && <Notice kind="good" live title={done} />}
      <div className="row row-between">
        {roster.trains ? (
          <label className="roster-all">
            <input
              type="checkbox"
              checked={all}
              disabled={choosable.length === 0}
              onChange={(event) => choose(choosable, event.target.checked)}
            />
            {t('roster.chooseAll')}
          </label>
        ) : (
          <span />
        )}
        <p role="status">{t('cohorts.learners', { count: found.length })}</p>
      </div>
      {found.length === 0 ? (
        <p className="card">{t('roster.nobody')}</p>
      ) : (
        <div className="roster">
          <p className="roster-head" aria-hidden="true">
            {roster.trains && <span className="roster-choice" />}
            <span className="roster-facts">
              <span>{t('cohorts.learner')}</span>
              <span>{t('cohorts.all')}</span>
              <span>{t('cohorts.lastSeen')}</span>
              <span>{t('roster.next')}</span>
              <span>{t('roster.left')}</span>
            </span>
          </p>
          <ul className="plain-list">
            {found.slice(0, shown).map((row) => (
              <li key={row.person} className="roster-row">
                {roster.trains && row.invited && <span className="roster-choice" />}
                {roster.trains && !row.invited && (
                  <label className="roster-choice">
                    <input
                      type="checkbox"
                      checked={chosen.has(row.person)}
                      onChange={(event) => choose([row], event.target.checked)}
                    />
                    <span className="visually-hidden">{t('roster.choose', { name: row.name })}</span>
                  </label>
                )}
                {row.invited ? (
                  <InvitedRow cohort={roster.cohort.id} row={row} onDone={setDone} />
                ) : (
                  <Row cohort={roster.cohort.id} row={row} now={now} />
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {found.length > shown && (
        <div>
          <Button variant="secondary" onClick={() => setShown(found.length)}>
            {t('cohorts.showAll', { count: found.length })}
          </Button>
        </div>
      )}
      {people.length > 0 && (
        <section className="roster-bar" aria-label={t('roster.forChosen')}>
          <strong role="status">{t('roster.chosen', { count: people.length })}</strong>
          <Button onClick={() => setOpen('message')}>{t('roster.message')}</Button>
          <Button variant="secondary" onClick={() => setOpen('extend')}>
            {t('roster.extend')}
          </Button>
        </section>
      )}
      {roster.trains && found.length > 0 && (
        <p>
          <a
            className="button-link button-link-light"
            href={rosterFile(roster.cohort.id, { only: filter, group, q: typed.trim() })}
            download="luotsi-group.csv"
          >
            {t('register.rosterFile')}
          </a>
          <br />
          <span className="quiet">{t('register.fileLogged')}</span>
        </p>
      )}
      {roster.trains && <SmallGroups roster={roster} chosen={people} onDone={finish} />}
      {open === 'message' && (
        <MessageDialog
          cohort={roster.cohort}
          people={people}
          onClose={() => setOpen(undefined)}
          onDone={() => finish(t('roster.sent', { count: people.length }))}
        />
      )}
      {open === 'extend' && (
        <ExtendDialog
          roster={roster}
          people={people}
          onClose={() => setOpen(undefined)}
          onDone={(later) =>
            finish(
              [
                ...(later < people.length ? [t('roster.extended', { count: people.length - later })] : []),
                ...(later > 0 ? [t('roster.later', { count: later })] : []),
              ].join(' '),
            )
          }
        />
      )}
    </div>
  )
}

function Row({ cohort, row, now }: { cohort: string; row: RosterRow; now: Date }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const left = leftOf(t, row)
  return (
    <div className="roster-facts">
      <div className="roster-who">
        <Link
          to="/cohorts/$cohort/learners/$person"
          params={{ cohort, person: row.person }}
          className="roster-name"
        >
          {row.name}
        </Link>
        {row.waiting > 0 && <span className="tag tag-beam">{t('roster.waits', { count: row.waiting })}</span>}
        {row.behind && <span className="tag tag-bad">{t('roster.isBehind')}</span>}
        {row.complete && <span className="tag tag-good">✓ {t('roster.isComplete')}</span>}
      </div>
      <span className="roster-percent">
        <progress max={100} value={row.percent} aria-hidden="true" />
        {percent(row.percent, language)}
      </span>
      <span className={row.away ? 'roster-seen roster-away' : 'roster-seen'}>
        <span className="visually-hidden">{t('cohorts.lastSeen')}: </span>
        {row.lastSeen ? (
          <time dateTime={row.lastSeen} title={shortDay(dayOf(row.lastSeen), language)}>
            {daysAgo(row.lastSeen, now, language)}
          </time>
        ) : (
          t('roster.neverSeen')
        )}
      </span>
      <span className="roster-next">
        {row.next && (
          <>
            <span className="roster-label">{t('roster.next')}: </span>
            {`M${row.next.module + 1} · ${row.next.title}`}
          </>
        )}
      </span>
      <span className="roster-left">
        {left && (
          <>
            <span className="roster-label">{t('roster.left')}: </span>
            {left}
          </>
        )}
      </span>
    </div>
  )
}
