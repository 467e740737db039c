import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox } from 'suomifi-ui-components'
import { shortDay } from '../../../shared/dates/dates'
import { Problem } from '../../../shared/http/problem'
import { useProblemText } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded, Loading, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { HelpLine } from '../shared/HelpLine'
import {
  type Asked,
  activityOf,
  type Measures,
  measuresQuery,
  placeOf,
  resultsQuery,
  useDecline,
  useRefusal,
} from './api'
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

/** One of them. Whoever declines, or takes that back, has the other way in hand: also by keyboard. */
function AskedItem({ asked, waits }: { asked: Asked; waits: boolean }) {
  const item = useRef<HTMLLIElement>(null)
  const before = useRef(waits)
  useEffect(() => {
    if (before.current !== waits) item.current?.querySelector<HTMLElement>('a, button')?.focus()
    before.current = waits
  }, [waits])
  return (
    <li ref={item} className={waits ? 'card' : 'asked-declined'}>
      <AskedCard asked={asked} waits={waits} />
    </li>
  )
}

function AskedCard({ asked, waits }: { asked: Asked; waits: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const problemText = useProblemText()
  const decline = useDecline(placeOf(asked))
  const named = { title: asked.title, point: t(`answering.points.${asked.point}`) }
  if (!waits)
    return (
      <div className="row row-between">
        <p>
          <strong>{asked.title}</strong>
          <br />
          <span className="quiet">{t('answering.declined')}</span>
        </p>
        <Button
          variant="secondaryNoBorder"
          aria-label={t('answering.undoOf', named)}
          aria-disabled={decline.busy}
          onClick={() => decline.start(false)}
        >
          {t('answering.undo')}
        </Button>
        <WriteNotice write={decline} />
      </div>
    )
  return (
    <div className="stack">
      <div>
        <p className="eyebrow">{named.point}</p>
        <h3>
          {asked.title} {asked.label !== '' && <span className="tag">{asked.label}</span>}
        </h3>
        <p className="quiet">
          {[
            t('answering.questions', { count: asked.questions }),
            t('answering.minutes', { count: asked.minutes }),
            t('answering.until', { day: shortDay(asked.closes, language) }),
          ].join(' · ')}
        </p>
        <p className="quiet">{asked.cohortName}</p>
      </div>
      {asked.problem === undefined ? (
        <div className="row">
          <Link
            to="/measures/$cohort/$instrument/$point"
            params={placeOf(asked)}
            className="button-link"
            aria-label={`${t('answering.answer')}: ${asked.title}, ${named.point}`}
          >
            {t('answering.answer')}
          </Link>
          <Button
            variant="secondaryNoBorder"
            aria-label={t('answering.declineOf', named)}
            aria-disabled={decline.busy}
            onClick={() => decline.start(true)}
          >
            {t('answering.decline')}
          </Button>
        </div>
      ) : (
        <Notice title={t('answering.unavailable')}>
          <p>{problemText(new Problem(409, asked.problem))}</p>
        </Notice>
      )}
      <WriteNotice write={decline} />
    </div>
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
