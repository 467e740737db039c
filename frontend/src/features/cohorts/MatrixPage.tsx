import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty } from '../../shared/ui/states'
import { matrixQuery } from './api'
import { MatrixTable } from './MatrixTable'
import './cohorts.css'

const route = getRouteApi('/in/cohorts/$cohort/modules')

/** Everybody in a cohort by module. */
export function MatrixPage() {
  const { t } = useTranslation()
  const { cohort } = route.useParams()
  const query = useQuery(matrixQuery(cohort))
  return (
    <LoadedPage query={query}>
      {(matrix) => (
        <Page
          title={t('roster.byModule')}
          eyebrow={matrix.cohort.name}
          back={{ to: '/cohorts/$cohort', params: { cohort }, text: t('cohorts.toCohort') }}
        >
          {matrix.learners.length === 0 ? (
            <Empty title={t('cohorts.noLearners')} />
          ) : (
            <MatrixTable matrix={matrix} />
          )}
        </Page>
      )}
    </LoadedPage>
  )
}
