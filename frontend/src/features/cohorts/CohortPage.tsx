import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty } from '../../shared/ui/states'
import { AddLearners } from './AddLearners'
import { RosterList } from './RosterList'
import { type Roster, rosterQuery } from './rosterApi'
import './cohorts.css'
import './roster.css'

const route = getRouteApi('/in/cohorts/$cohort')

export function CohortPage() {
  const { cohort } = route.useParams()
  const query = useQuery(rosterQuery(cohort))
  return <LoadedPage query={query}>{(roster) => <CohortView roster={roster} />}</LoadedPage>
}

function CohortView({ roster }: { roster: Roster }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const { cohort } = roster
  const params = { cohort: cohort.id }
  return (
    <Page
      title={cohort.name}
      eyebrow={`${cohort.courseTitle} · ${cohort.unitName}`}
      back={{ to: '/cohorts', text: t('nav.cohorts') }}
      aside={
        roster.trains && (
          <div className="row">
            {roster.learners.length > 0 && (
              <Link to="/cohorts/$cohort/attendance" params={params} className="button-link">
                {t('attendance.mark')}
              </Link>
            )}
            {!adding && (
              <Button variant="secondary" onClick={() => setAdding(true)}>
                {t('cohorts.addLearners')}
              </Button>
            )}
          </div>
        )
      }
    >
      {adding && <AddLearners cohort={cohort.id} onClose={() => setAdding(false)} />}
      {roster.learners.length === 0 ? (
        <Empty title={t('cohorts.noLearners')}>
          <p>{t('cohorts.noLearnersHelp')}</p>
        </Empty>
      ) : (
        <>
          <RosterList roster={roster} />
          <p>
            <Link to="/cohorts/$cohort/modules" params={params}>
              {t('roster.byModule')}
            </Link>
          </p>
        </>
      )}
    </Page>
  )
}
