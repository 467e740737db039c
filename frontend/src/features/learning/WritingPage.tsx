import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../shared/dates/dates'
import { asProblem } from '../../shared/http/problem'
import { useLanguage } from '../../shared/i18n/i18n'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { WrittenText } from './WrittenText'
import { writingQuery } from './writings'
import './learning.css'

const route = getRouteApi('/in/cohorts/$cohort/learners/$person/writings/$activity')

/** What a learner lets their trainers read, and nothing else: to be read in peace. Its writer sees who opened it. */
export function WritingPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { cohort, person, activity } = route.useParams()
  const query = useQuery(writingQuery(cohort, person, activity))
  const back = { to: '/cohorts/$cohort/learners/$person', params: { cohort, person } } as const
  if (query.isError && asProblem(query.error).status === 404) {
    return (
      <Page title={t('applied.closed')} width="text" back={{ to: '/cohorts', text: t('nav.cohorts') }}>
        <p>{t('applied.closedText')}</p>
      </Page>
    )
  }
  return (
    <LoadedPage query={query}>
      {(written) => (
        <Page
          title={written.title}
          eyebrow={[written.name, shortMoment(written.at, language)].join(' · ')}
          width="text"
          back={{ ...back, text: written.name }}
          lead={t('applied.readLead', { name: written.name })}
        >
          {written.text ? (
            <article className="card">
              <WrittenText written={written} />
            </article>
          ) : (
            <WrittenText written={written} />
          )}
        </Page>
      )}
    </LoadedPage>
  )
}
