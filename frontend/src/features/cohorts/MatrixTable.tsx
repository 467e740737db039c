import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from 'suomifi-ui-components'
import { dayOf, daysAgo, shortDay } from '../../shared/dates/dates'
import { percent } from '../../shared/dates/numbers'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Matrix } from './api'
import { level, matching } from './matrix'

const AT_A_TIME = 50

/** Everybody in the cohort by module, whoever is most behind first (the server's order). */
export function MatrixTable({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [filter, setFilter] = useState('')
  const [shown, setShown] = useState(AT_A_TIME)
  const now = new Date()
  const found = matching(matrix.learners, filter)
  return (
    <div className="stack">
      <div className="row row-between">
        <p className="quiet">
          {t('cohorts.order')} <span className="matrix-hint">{t('cohorts.scrollSideways')}</span>
        </p>
        <p role="status">{t('cohorts.learners', { count: found.length })}</p>
      </div>
      {matrix.learners.length > 10 && (
        <div className="matrix-filter">
          <TextInput
            labelText={t('cohorts.find')}
            value={filter}
            fullWidth
            onChange={(value) => {
              setFilter(String(value ?? ''))
              setShown(AT_A_TIME)
            }}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys too */}
      <section className="matrix-frame" tabIndex={0} aria-label={t('cohorts.matrix')}>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col" className="matrix-name">
                {t('cohorts.learner')}
              </th>
              <th scope="col">{t('cohorts.all')}</th>
              <th scope="col">{t('cohorts.lastSeen')}</th>
              {matrix.modules.map((module, index) => (
                <th key={module.id} scope="col" className="matrix-module" title={module.title}>
                  <span aria-hidden="true">{index + 1}</span>
                  <span className="visually-hidden">{`${index + 1}. ${module.title}`}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((learner) => (
              <tr key={learner.person}>
                <th scope="row" className="matrix-name">
                  <Link
                    to="/cohorts/$cohort/learners/$person"
                    params={{ cohort: matrix.cohort.id, person: learner.person }}
                  >
                    {learner.name}
                  </Link>
                </th>
                <td className="matrix-all">
                  {learner.invited ? (
                    <span className="tag tag-beam">{t('roster.isInvited')}</span>
                  ) : (
                    <>
                      <progress max={100} value={learner.percent} aria-hidden="true" />
                      {percent(learner.percent, language)}
                    </>
                  )}
                </td>
                <td className="matrix-seen">
                  {learner.lastSeen ? (
                    <time dateTime={learner.lastSeen} title={shortDay(dayOf(learner.lastSeen), language)}>
                      {daysAgo(learner.lastSeen, now, language)}
                    </time>
                  ) : (
                    t('cohorts.never')
                  )}
                </td>
                {matrix.modules.map((module, index) =>
                  module.activities === 0 ? (
                    <td key={module.id} className="matrix-cell matrix-level-0">
                      <span aria-hidden="true">–</span>
                      <span className="visually-hidden">{t('learning.outlineOnly')}</span>
                    </td>
                  ) : (
                    <td
                      key={module.id}
                      className={`matrix-cell matrix-level-${level(learner.modules[index] ?? 0)}`}
                    >
                      {learner.modules[index] ?? 0}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {found.length > shown && (
        <div>
          <button
            type="button"
            className="button-link button-link-light"
            onClick={() => setShown(found.length)}
          >
            {t('cohorts.showAll', { count: found.length })}
          </button>
        </div>
      )}
      <details>
        <summary>{t('cohorts.whichModules')}</summary>
        <ol>
          {matrix.modules.map((module) => (
            <li key={module.id}>{module.title}</li>
          ))}
        </ol>
        <p className="quiet">{t('cohorts.cellsArePercent')}</p>
      </details>
    </div>
  )
}
