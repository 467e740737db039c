import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { type Reports, reportsQuery } from './api'
import './reports.css'

/** The reports of groups that the caller may see, the newest first. */
export function ReportsPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery(reportsQuery(language))
  const mayMake = query.data && (query.data.cohorts.length > 0 || query.data.tables.length > 0)
  return (
    <Page
      title={t('reports.title')}
      lead={t('reports.lead')}
      aside={
        mayMake && (
          <Link to="/reports/new" className="button-link">
            {t('reports.new')}
          </Link>
        )
      }
    >
      <Loaded query={query}>
        {({ reports }) =>
          reports.length === 0 ? (
            <Empty title={t('reports.none')}>
              <p>{t('reports.noneHelp')}</p>
            </Empty>
          ) : (
            <ul className="plain-list report-list">
              {reports.map((report) => (
                <li key={report.report}>
                  <Line report={report} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function Line({ report }: { report: Reports['reports'][number] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <article className="card report-line">
      <h2>
        <Link to="/reports/$report" params={{ report: report.report }}>
          {report.title}
        </Link>
      </h2>
      <p className="quiet">
        {[
          report.table ? t('reports.fromTable') : report.cohorts.join(', '),
          shortDay(dayOf(report.at), language),
        ].join(' · ')}
      </p>
    </article>
  )
}
