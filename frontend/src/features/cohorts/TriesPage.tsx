import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayOf, shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty } from '../../shared/ui/states'
import { WhoseField } from '../../shared/ui/WhoseField'
import { ReadLink } from './ReadLink'
import { TriedState } from './TriedState'
import { counts, SHOWN, type TryRow } from './tries'
import { type Tries, triesQuery } from './triesApi'
import './roster.css'
import './tries.css'

const route = getRouteApi('/in/cohorts/$cohort/tries')

export function TriesPage() {
  const { cohort } = route.useParams()
  const { whose } = route.useSearch()
  const query = useQuery(triesQuery(cohort, useLanguage(), whose))
  return <LoadedPage query={query}>{(tries) => <TriesView cohort={cohort} tries={tries} />}</LoadedPage>
}

function TriesView({ cohort, tries }: { cohort: string; tries: Tries }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { show } = route.useSearch()
  const found = tries.tries.filter((row) => counts(row, show))
  const search = (change: { show?: typeof show; whose?: 'mine' | 'all' }) =>
    void navigate({
      to: '/cohorts/$cohort/tries',
      params: { cohort },
      search: (old) => ({ ...old, ...change }),
      replace: true,
    })
  return (
    <Page
      title={t('applied.title')}
      eyebrow={tries.name}
      back={{ to: '/cohorts/$cohort', params: { cohort }, text: t('cohorts.toCohort') }}
      lead={t('applied.lead')}
    >
      <ul className="plain-list roster-counts" aria-label={t('applied.show')}>
        {SHOWN.map((one) => (
          <li key={one}>
            <button
              type="button"
              className="roster-count"
              aria-pressed={show === one}
              onClick={() => search({ show: show === one ? undefined : one })}
            >
              <strong>{tries.tries.filter((row) => counts(row, one)).length}</strong>{' '}
              {t(`applied.count.${one}`)}
            </button>
          </li>
        ))}
      </ul>
      {tries.grouped && (
        <div className="tries-whose">
          <WhoseField whose={tries.narrowed ? 'mine' : 'all'} onWhose={(whose) => search({ whose })} />
        </div>
      )}
      <section className="stack" aria-labelledby="tries">
        <div className="row row-between">
          <h2 id="tries">{t('applied.people')}</h2>
          <p role="status">{t('applied.rows', { count: found.length })}</p>
        </div>
        {tries.tries.length === 0 ? (
          <Empty title={t('applied.none')} />
        ) : found.length === 0 ? (
          <p className="card">{t('applied.noneHere')}</p>
        ) : (
          <ul className="plain-list roster">
            {found.map((row) => (
              <li key={`${row.person} ${row.activity}`} className="roster-row tries-row">
                <Row cohort={cohort} row={row} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {tries.shared.length > 0 && <SharedWithTrainers cohort={cohort} shared={tries.shared} />}
    </Page>
  )
}

function Row({ cohort, row }: { cohort: string; row: TryRow }) {
  return (
    <>
      <span className="tries-who">
        <Link
          to="/cohorts/$cohort/learners/$person"
          params={{ cohort, person: row.person }}
          className="roster-name"
        >
          {row.name}
        </Link>
        <span className="quiet">{row.title}</span>
      </span>
      <TriedState one={row.try} />
      {row.readable && (
        <ReadLink
          cohort={cohort}
          person={row.person}
          activity={row.activity}
          title={row.title}
          name={row.name}
        />
      )}
    </>
  )
}

/** The reflections that their writers let trainers read. */
function SharedWithTrainers({ cohort, shared }: { cohort: string; shared: Tries['shared'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className="stack" aria-labelledby="shared">
      <h2 id="shared">{t('applied.shared')}</h2>
      <p className="quiet">{t('applied.seen')}</p>
      <ul className="plain-list roster">
        {shared.map((one) => (
          <li key={`${one.person} ${one.activity}`} className="roster-row tries-row">
            <span className="tries-who">
              <strong>{one.name}</strong>
              <span className="quiet">{one.title}</span>
            </span>
            <span className="quiet tried-state">{shortDay(dayOf(one.at), language)}</span>
            <ReadLink cohort={cohort} {...one} />
          </li>
        ))}
      </ul>
    </section>
  )
}
