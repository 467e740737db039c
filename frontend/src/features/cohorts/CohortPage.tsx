import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty } from '../../shared/ui/states'
import { AddLearners } from './AddLearners'
import { type Matrix, matrixQuery } from './api'
import { MatrixTable } from './MatrixTable'
import './cohorts.css'

const route = getRouteApi('/in/cohorts/$cohort')

export function CohortPage() {
  const { cohort } = route.useParams()
  const query = useQuery(matrixQuery(cohort))
  return <LoadedPage query={query}>{(matrix) => <CohortView matrix={matrix} />}</LoadedPage>
}

function CohortView({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const { cohort } = matrix
  return (
    <Page
      title={cohort.name}
      eyebrow={`${cohort.courseTitle} · ${cohort.unitName}`}
      back={{ to: '/cohorts', text: t('nav.cohorts') }}
      aside={
        !adding && (
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t('cohorts.addLearners')}
          </Button>
        )
      }
    >
      {adding && <AddLearners cohort={cohort.id} onClose={() => setAdding(false)} />}
      {matrix.learners.length === 0 ? (
        <Empty title={t('cohorts.noLearners')}>
          <p>{t('cohorts.noLearnersHelp')}</p>
        </Empty>
      ) : (
        <MatrixTable matrix={matrix} />
      )}
    </Page>
  )
}
