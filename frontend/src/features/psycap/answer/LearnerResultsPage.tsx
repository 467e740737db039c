import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Empty } from '../../../shared/ui/states'
import { learnerResultsQuery } from './api'
import { ResultCard } from './ResultCard'
import './answer.css'

const route = getRouteApi('/in/cohorts/$cohort/learners/$person/results')

/** What a learner shares with the trainers of their cohort. */
export function LearnerResultsPage() {
  const { t } = useTranslation()
  const { cohort, person } = route.useParams()
  const query = useQuery(learnerResultsQuery(cohort, person, useLanguage()))
  return (
    <LoadedPage query={query}>
      {({ name, results }) => (
        <Page
          title={t('answering.learnerResults')}
          eyebrow={name}
          back={{
            to: '/cohorts/$cohort/learners/$person',
            params: { cohort, person },
            text: t('answering.toLearner'),
          }}
          lead={t('answering.learnerResultsLead', { name })}
          width="text"
        >
          {results.length === 0 ? (
            <Empty title={t('answering.learnerNone')}>
              <p>{t('answering.learnerNoneHelp')}</p>
            </Empty>
          ) : (
            results.map((result) => (
              <ResultCard key={`${result.instrument} ${result.version}`} result={result} />
            ))
          )}
        </Page>
      )}
    </LoadedPage>
  )
}
