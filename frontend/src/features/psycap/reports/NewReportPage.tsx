import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { type Reports, reportsQuery } from './api'
import { CohortReport } from './CohortReport'
import { TableReport } from './TableReport'
import './reports.css'

/** The two ways differ in the search only; the link of the one that is open says so itself. */
const WHOLE = { exact: true, includeSearch: true, explicitUndefined: true }

const route = getRouteApi('/in/reports/new')

/** A report is made of what cohorts answered in Luotsi, or of a table that somebody has elsewhere. */
export function NewReportPage() {
  const { t } = useTranslation()
  const query = useQuery(reportsQuery(useLanguage()))
  return (
    <Page title={t('reports.newTitle')} back={{ to: '/reports', text: t('reports.title') }}>
      <Loaded query={query}>{(reports) => <Ways reports={reports} />}</Loaded>
    </Page>
  )
}

function Ways({ reports }: { reports: Reports }) {
  const { t } = useTranslation()
  const { from, cohort } = route.useSearch()
  const { cohorts, tables } = reports
  if (cohorts.length === 0 && tables.length === 0) {
    return (
      <Empty title={t('reports.nothingToReport')}>
        <p>{t('reports.nothingToReportHelp')}</p>
      </Empty>
    )
  }
  const table = tables.length > 0 && (from === 'table' || cohorts.length === 0)
  return (
    <>
      {cohorts.length > 0 && tables.length > 0 && (
        <nav className="report-ways" aria-label={t('reports.ways')}>
          <Link to="/reports/new" search={{}} activeOptions={WHOLE}>
            {t('reports.fromCohorts')}
          </Link>
          <Link to="/reports/new" search={{ from: 'table' }} activeOptions={WHOLE}>
            {t('reports.fromOwnTable')}
          </Link>
        </nav>
      )}
      {table ? <TableReport orgs={tables} /> : <CohortReport cohorts={cohorts} first={cohort} />}
    </>
  )
}
