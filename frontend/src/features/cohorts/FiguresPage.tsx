import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { number, percent } from '../../shared/dates/numbers'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { countsQuery } from './api'

/** What a manager sees: figures by cohort, no names, and nothing of groups so small that people could be told. */
export function FiguresPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery(countsQuery)
  return (
    <Page
      title={t('nav.figures')}
      lead={t('figures.lead')}
      aside={
        <Link to="/reports" className="button-link button-link-light">
          {t('cohorts.reports')}
        </Link>
      }
    >
      <Loaded query={query}>
        {({ cohorts, total }) =>
          cohorts.length === 0 ? (
            <Empty title={t('cohorts.none')} />
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys too
            <section className="table-frame" tabIndex={0} aria-label={t('nav.figures')}>
              <table className="table table-figures">
                <thead>
                  <tr>
                    <th scope="col">{t('figures.cohort')}</th>
                    <th scope="col">{t('figures.learners')}</th>
                    <th scope="col">{t('figures.finished')}</th>
                    <th scope="col">{t('figures.percent')}</th>
                  </tr>
                </thead>
                <tbody>
                  {cohorts.map((cohort) => (
                    <tr key={cohort.cohort}>
                      <th scope="row">{cohort.name}</th>
                      {cohort.hidden ? (
                        <td colSpan={3} className="quiet">
                          {t('figures.hidden')}
                        </td>
                      ) : (
                        <>
                          <td>{number(cohort.learners, language)}</td>
                          <td>{number(cohort.finished, language)}</td>
                          <td>{percent(cohort.percent, language)}</td>
                        </>
                      )}
                    </tr>
                  ))}
                </tbody>
                {!total.hidden && (
                  <tfoot>
                    <tr>
                      <th scope="row">{t('figures.total')}</th>
                      <td>{number(total.learners, language)}</td>
                      <td>{number(total.finished, language)}</td>
                      <td>{percent(total.percent, language)}</td>
                    </tr>
                  </tfoot>
                )}
              </table>
            </section>
          )
        }
      </Loaded>
      {children}
    </Page>
  )
}
