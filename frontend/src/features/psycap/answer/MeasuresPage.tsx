import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Checkbox } from 'suomifi-ui-components'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded, Loading, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { HelpLine } from '../shared/HelpLine'
import { AskedItem } from './AskedItem'
import { activityOf, type Measures, measuresQuery, resultsQuery, useRefusal } from './api'
import { ResultCard } from './ResultCard'
import './answer.css'

/** What a learner is asked now, and their own results. */
export function MeasuresPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const measures = useQuery(measuresQuery(language))
  const results = useQuery(resultsQuery(language))
  // Both come before either is shown: nothing moves below a finger that is already on its way.
  if (measures.isLoading || results.isLoading) return <Loading />
  return (
    <Page
      title={t('answering.title')}
      lead={t('answering.lead')}
      back={{ to: '/exercises', text: t('exercises.title') }}
      width="text"
    >
      <p>{t('answering.onlyYou')}</p>
      <Loaded query={measures}>{(all) => <Waiting measures={all} />}</Loaded>
      <section className="stack" aria-labelledby="own-results">
        <h2 id="own-results">{t('answering.results')}</h2>
        <Loaded query={results}>
          {({ results }) =>
            results.length === 0 ? (
              <Empty title={t('answering.noResults')}>
                <p>{t('answering.noResultsHelp')}</p>
              </Empty>
            ) : (
              results.map((result) => (
                <ResultCard
                  key={`${result.cohort} ${result.instrument} ${result.version}`}
                  result={result}
                  own
                />
              ))
            )
          }
        </Loaded>
      </section>
      {measures.data && <Refusal refused={measures.data.refused} />}
      <HelpLine />
    </Page>
  )
}

function Waiting({ measures }: { measures: Measures }) {
  const { t } = useTranslation()
  if (measures.refused)
    return (
      <Notice title={t('answering.refusedTitle')}>
        <p>{t('answering.refusedText')}</p>
      </Notice>
    )
  const open = [...measures.waiting, ...measures.declined]
  const waits = new Set(measures.waiting)
  return (
    <section className="stack" aria-labelledby="waiting-measures">
      <h2 id="waiting-measures">{t('answering.waiting')}</h2>
      {open.length === 0 ? (
        <Empty title={t('answering.nothing')}>
          <p>{t('answering.nothingHelp')}</p>
        </Empty>
      ) : (
        <ul className="plain-list stack">
          {open.map((asked) => (
            <AskedItem key={activityOf(asked)} asked={asked} waits={waits.has(asked)} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Refusal({ refused }: { refused: boolean }) {
  const { t } = useTranslation()
  const refusal = useRefusal()
  return (
    <section className="stack refusal" aria-label={t('answering.refuse')}>
      <Checkbox
        variant="large"
        checked={refused}
        hintText={t('answering.refuseHelp')}
        onClick={() => !refusal.busy && refusal.start(!refused)}
      >
        {t('answering.refuse')}
      </Checkbox>
      <WriteNotice write={refusal} />
    </section>
  )
}
