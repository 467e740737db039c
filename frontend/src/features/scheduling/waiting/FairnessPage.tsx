import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortDay, shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { hasRole } from '../../../shared/session/roles'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Empty } from '../../../shared/ui/states'
import { When } from '../When'
import { type Fairness, fairnessQuery } from './api'
import { useCriterionName, useStepName, useWhyName } from './names'
import '../scheduling.css'
import './waiting.css'

/** The line of a unit, why each stands where it does, and who was passed over in which offer. */
export function FairnessPage() {
  const { t } = useTranslation()
  const { unit } = useParams({ strict: false }) as { unit: string }
  const query = useQuery(fairnessQuery(unit))
  return (
    <LoadedPage query={query}>
      {(data) => (
        <Page
          title={t('waiting.fairness', { unit: data.unitName })}
          lead={t('waiting.order')}
          back={{ to: '/waiting', text: t('waiting.title') }}
        >
          <Line line={data.line} />
          <Offers offers={data.offers} />
        </Page>
      )}
    </LoadedPage>
  )
}

function Line({ line }: { line: Fairness['line'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const criterionName = useCriterionName()
  return (
    <section className="stack" aria-labelledby="line">
      <h2 id="line">{t('waiting.inLine')}</h2>
      {line.length === 0 ? (
        <Empty title={t('waiting.noLine')} />
      ) : (
        <ol className="plain-list waiting-line">
          {line.map((one) => (
            <li key={one.place} className="waiting-ranked">
              <span className="waiting-rank">{one.place}.</span>
              <span className="waiting-ranked-who">
                <strong>{t('waiting.reference', { reference: one.reference })}</strong>
                <span>{criterionName(one.behind)}</span>
                <span className="quiet">
                  {[
                    t('waiting.since', { day: shortMoment(one.made, language) }),
                    ...(one.deadline
                      ? [t('waiting.deadlineIs', { day: shortDay(one.deadline, language) })]
                      : []),
                    t('waiting.countOffers', { count: one.offers }),
                  ].join(' · ')}
                </span>
              </span>
              {one.priority === 'urgent' && <span className="tag tag-beam">{t('waiting.urgent')}</span>}
              {one.state === 'offered' && <span className="tag tag-good">{t('waiting.hasOffer')}</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Offers({ offers }: { offers: Fairness['offers'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const stepName = useStepName()
  const whyName = useWhyName()
  const seesLendings = hasRole(useMe(), 'coordinator', 'doctor', 'scheduler')
  return (
    <section className="stack" aria-labelledby="offers">
      <h2 id="offers">{t('waiting.offers')}</h2>
      {offers.length === 0 ? (
        <Empty title={t('waiting.noOffers')} />
      ) : (
        <ul className="plain-list stack-small">
          {offers.map((one) => (
            <li key={`${one.at} ${one.reference} ${one.start}`} className="card waiting-card">
              <p className="offer-when">
                <When slot={one} />
              </p>
              <p>
                {one.doctor} ·{' '}
                {t('waiting.offeredTo', { reference: one.reference, at: shortMoment(one.at, language) })}
              </p>
              <p>
                {one.outcome
                  ? stepName(one.outcome)
                  : t('waiting.answerBy', { at: shortMoment(one.until, language) })}
              </p>
              {one.passed.length > 0 && (
                <details>
                  <summary>{t('waiting.passed', { count: one.passed.length + one.passedMore })}</summary>
                  <ul>
                    {one.passed.map((passed) => (
                      <li key={passed.reference}>
                        {t('waiting.passedOne', { reference: passed.reference, why: whyName(passed.why) })}
                        {passed.why === 'quota' && seesLendings && (
                          <>
                            {' '}
                            <Link to="/lendings">{t('lendings.quotaLink')}</Link>
                          </>
                        )}
                      </li>
                    ))}
                    {one.passedMore > 0 && <li>{t('waiting.passedMore', { count: one.passedMore })}</li>}
                  </ul>
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
