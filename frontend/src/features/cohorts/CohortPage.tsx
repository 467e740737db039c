import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty } from '../../shared/ui/states'
import { AddLearners } from './AddLearners'
import { PastedList } from './PastedList'
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
  const [adding, setAdding] = useState<'one' | 'list'>()
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
              <>
                <Button variant="secondary" onClick={() => setAdding('one')}>
                  {t('cohorts.addLearners')}
                </Button>
                <Button variant="secondary" onClick={() => setAdding('list')}>
                  {t('pasted.open')}
                </Button>
              </>
            )}
          </div>
        )
      }
    >
      {adding === 'one' && <AddLearners cohort={cohort.id} onClose={() => setAdding(undefined)} />}
      {adding === 'list' && <PastedList cohort={cohort.id} onClose={() => setAdding(undefined)} />}
      {roster.learners.length === 0 ? (
        <Empty title={t('cohorts.noLearners')}>
          <p>{t('cohorts.noLearnersHelp')}</p>
        </Empty>
      ) : (
        <>
          <nav className="row" aria-label={t('roster.pages')}>
            <Link to="/cohorts/$cohort/tries" params={params}>
              {t('applied.title')}
            </Link>
            <Link to="/cohorts/$cohort/modules" params={params}>
              {t('roster.byModule')}
            </Link>
            <Link to="/cohorts/$cohort/measures" params={params}>
              {t('measurePlan.title')}
            </Link>
            {roster.trains && (
              <Link to="/cohorts/$cohort/certificates" params={params}>
                {t('register.title')}
              </Link>
            )}
          </nav>
          <RosterList roster={roster} />
        </>
      )}
    </Page>
  )
}
