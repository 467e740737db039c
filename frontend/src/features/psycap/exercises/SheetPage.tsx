import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { fetchLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Loaded } from '../../../shared/ui/states'
import { type Exercise, exerciseQuery } from './api'
import { PaperSheet } from './PaperSheet'
import { SharedScreen } from './SharedScreen'
import { WORDINGS } from './search'
import { inWords, langOf, useWording } from './wordings'
import './exercises.css'
import './sheet.css'

const route = getRouteApi('/in/exercises/$exercise/sheet')

/** An exercise for a client: on paper, or on a screen that is looked at together. Nothing of the client is kept anywhere. */
export function SheetPage() {
  const { exercise } = route.useParams()
  const query = useQuery(exerciseQuery(exercise))
  return <LoadedPage query={query}>{(loaded) => <Sheet exercise={loaded} />}</LoadedPage>
}

function Sheet({ exercise }: { exercise: Exercise }) {
  const { t } = useTranslation()
  const { view, words } = route.useSearch()
  const own = useWording().wording
  const wording = words ?? own
  const [emptied, setEmptied] = useState(0)
  // The words around the exercise are in the client's language too, whatever the page is in.
  const language = useQuery({
    queryKey: ['texts', langOf(wording)],
    queryFn: async () => {
      await fetchLanguage(langOf(wording))
      return true
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const screen = view === 'screen'
  return (
    <Page
      title={screen ? t('exercises.screenTitle') : t('exercises.sheetTitle')}
      lead={!screen && <span className="exercise-tools">{t('exercises.sheetLead')}</span>}
      width="text"
      back={{
        to: '/exercises/$exercise',
        params: { exercise: exercise.id },
        text: inWords(exercise.wordings, own).title,
      }}
    >
      <div className="stack exercise-tools">
        <nav className="row" aria-label={t('exercises.sheetWords')}>
          {WORDINGS.map((one) => (
            <Link
              key={one}
              to="/exercises/$exercise/sheet"
              params={{ exercise: exercise.id }}
              search={{ view, words: one }}
              replace
              className="exercise-choice"
              {...(one === wording && { 'aria-current': 'true' as const })}
            >
              {t(`exercises.wordings.${one}`)}
            </Link>
          ))}
        </nav>
        <div className="row">
          {screen ? (
            <Button variant="secondary" onClick={() => setEmptied(emptied + 1)}>
              {t('exercises.empty')}
            </Button>
          ) : (
            <Button onClick={() => window.print()}>{t('exercises.print')}</Button>
          )}
          <Link
            to="/exercises/$exercise/sheet"
            params={{ exercise: exercise.id }}
            search={{ view: screen ? undefined : 'screen', words }}
            replace
            className="button-link button-link-light"
          >
            {screen ? t('exercises.toSheet') : t('exercises.toScreen')}
          </Link>
        </div>
      </div>
      <Loaded query={language}>
        {() =>
          screen ? (
            <SharedScreen key={emptied} exercise={exercise} wording={wording} />
          ) : (
            <PaperSheet exercise={exercise} wording={wording} />
          )
        }
      </Loaded>
    </Page>
  )
}
