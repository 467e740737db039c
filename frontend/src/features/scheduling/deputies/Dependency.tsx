import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { number } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Empty, Loaded, Notice } from '../../../shared/ui/states'
import { type Dependency, dependencyQuery } from './api'
import './deputies.css'

/** How many open cases hang on how many people, by unit; an alarm where one person carries them all. */
export function DependencySection() {
  const { t } = useTranslation()
  const query = useQuery(dependencyQuery)
  return (
    <section className="stack" aria-labelledby="dependency">
      <h2 id="dependency">{t('dependency.title')}</h2>
      <p>{t('dependency.lead')}</p>
      <Loaded query={query}>
        {(data) =>
          data.total.open === 0 ? <Empty title={t('dependency.none')} /> : <Figures dependency={data} />
        }
      </Loaded>
    </section>
  )
}

/** The alarms alone, where the figures would be in the way. */
export function DependencyAlarms() {
  const { data } = useQuery(dependencyQuery)
  return data ? <Alarms dependency={data} /> : null
}

function Alarms({ dependency }: { dependency: Dependency }) {
  const { t } = useTranslation()
  return dependency.units
    .filter((unit) => unit.flagged)
    .map((unit) => (
      <Notice
        key={unit.unit}
        kind="warning"
        title={t('dependency.alarm', { unit: unit.unitName, count: unit.open })}
      >
        <p>{t('dependency.alarmHelp')}</p>
      </Notice>
    ))
}

function Figures({ dependency }: { dependency: Dependency }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rows = [
    ...dependency.units.map((unit) => ({ key: unit.unit, name: unit.unitName, ...unit })),
    ...(dependency.units.length > 1 ? [{ key: 'total', name: t('figures.total'), ...dependency.total }] : []),
  ]
  return (
    <>
      <Alarms dependency={dependency} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys too */}
      <section className="table-frame" tabIndex={0} aria-label={t('dependency.table')}>
        <table className="table table-figures dependency-table">
          <thead>
            <tr>
              <th scope="col">{t('scheduling.unit')}</th>
              <th scope="col">{t('dependency.open')}</th>
              <th scope="col">{t('dependency.cared')}</th>
              <th scope="col">{t('dependency.owners')}</th>
              <th scope="col">{t('dependency.covered')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                <td data-name={t('dependency.open')}>{number(row.open, language)}</td>
                <td data-name={t('dependency.cared')}>
                  {number(row.cared, language)}/{number(row.open, language)}
                </td>
                <td data-name={t('dependency.owners')}>{number(row.owners, language)}</td>
                <td data-name={t('dependency.covered')}>{number(row.covered, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
