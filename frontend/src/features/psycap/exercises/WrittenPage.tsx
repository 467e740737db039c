import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayOf, longDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { HelpLine } from '../shared/HelpLine'
import { exerciseQuery, writtenQuery } from './api'
import { OwnText } from './Ended'
import { inWords, useWording } from './wordings'
import { readDraft } from './written'
import './exercises.css'

const route = getRouteApi('/in/exercises/$exercise/written/$run')

/** What somebody wrote in an exercise once: theirs to read, print and delete. */
export function WrittenPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const params = route.useParams()
  const exercise = useQuery(exerciseQuery(params.exercise))
  const run = useQuery(writtenQuery(params.run))
  const { wording } = useWording()
  return (
    <LoadedPage query={exercise}>
      {(loaded) => (
        <LoadedPage query={run}>
          {({ text, begun, finishedAt }) => (
            <Page
              title={inWords(loaded.wordings, wording).title}
              lead={longDay(dayOf(finishedAt ?? begun), language, true)}
              width="text"
              back={{ to: '/exercises', text: t('exercises.title') }}
            >
              <OwnText exercise={loaded} run={params.run} written={readDraft(text).written} waits={false} />
              <HelpLine />
            </Page>
          )}
        </LoadedPage>
      )}
    </LoadedPage>
  )
}
