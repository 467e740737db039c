import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart, ChartTable, useOnPhone } from '../../../shared/charts/Chart'
import type { TableOf } from '../../../shared/charts/chart'
import { Unbroken } from '../../../shared/charts/Unbroken'
import { subscripts } from './subscripts'
import type { Headline, Written, WrittenSection } from './written'
import './reports.css'

/** So many distributions are shown at once, and on a phone one; more are there when they are asked for, and on paper. */
const MOST_OPEN = 5

/** A report as it is read: what came out, in words, before how it was measured. */
export function ReportSections({ written }: { written: Written }) {
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const open = () => {
      for (const details of place.current?.querySelectorAll('details') ?? []) details.open = true
    }
    window.addEventListener('beforeprint', open)
    return () => window.removeEventListener('beforeprint', open)
  }, [])
  return (
    <div className="report" ref={place}>
      <dl className="facts report-facts">
        {written.facts.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <section className="report-short" aria-labelledby="short">
        <h2 id="short">{t('reports.short')}</h2>
        <ul className="plain-list headlines">
          {written.sections.flatMap((section) => [
            ...section.headline.map((headline) => (
              <li key={`${section.id} ${headline.name}`}>
                <HeadlineView section={section} headline={headline} />
              </li>
            )),
            ...(section.summary
              ? [
                  <li key={section.id} className="headline-wide">
                    <div className="headline">
                      <h3 className="headline-name">
                        {section.title}{' '}
                        {section.label && <span className="tag tag-beam">{section.label}</span>}
                      </h3>
                      <p className="headline-summary">{section.summary}</p>
                    </div>
                  </li>,
                ]
              : []),
          ])}
        </ul>
        <p className="report-caution">{written.cautions.join(' ')}</p>
      </section>
      {written.sections.map((section) => (
        <SectionView key={section.id} section={section} />
      ))}
      <section className="card stack report-notes" aria-labelledby="methods">
        <h2 id="methods">{t('reports.methodsTitle')}</h2>
        <ul className="quiet">
          {written.methods.map(({ text, source }) => (
            <li key={text}>
              <Subscripted text={text} /> {source}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function SectionView({ section }: { section: WrittenSection }) {
  const { t } = useTranslation()
  const mostOpen = useOnPhone() ? 1 : MOST_OPEN
  const id = `section-${section.id}`
  return (
    <section className="report-section" aria-labelledby={id}>
      <header className="stack">
        <h2 id={id}>
          {section.title} {section.label && <span className="tag tag-beam">{section.label}</span>}
        </h2>
        {section.credit && (
          <p className="quiet">
            {t('reports.credit')}: {section.credit}
          </p>
        )}
      </header>
      {section.charts.map((chart) => (
        <div className="card report-card" key={chart.title}>
          <Chart chart={chart} />
        </div>
      ))}
      <div className="report-tables">
        <TableCard table={section.people} notes={section.peopleNotes} />
        {section.effects && <TableCard table={section.effects.table} notes={section.effects.notes} />}
      </div>
      <TableCard table={section.scales} notes={section.scaleNotes} />
      <details
        className="card report-card report-distributions"
        open={section.distributions.length <= mostOpen}
      >
        <summary>
          <h3>{t('reports.distributions')}</h3>
        </summary>
        <p className="quiet">{section.distributionsLead}</p>
        {section.distributions.map((chart) => (
          <Chart key={chart.title} chart={chart} level={4} />
        ))}
      </details>
    </section>
  )
}

function HeadlineView({ section, headline }: { section: WrittenSection; headline: Headline }) {
  return (
    <div className="headline">
      <h3 className="headline-name">{headline.name}</h3>
      {(section.label || headline.name !== section.title) && (
        <p className="quiet headline-of">
          {headline.name !== section.title && section.title}{' '}
          {section.label && <span className="tag tag-beam">{section.label}</span>}
        </p>
      )}
      <p className="headline-means">{headline.means}</p>
      <p>
        <Unbroken text={headline.change} />
      </p>
      {headline.share && <p className="headline-share">{headline.share}</p>}
      {headline.worse && <p>{headline.worse}</p>}
      <p className="quiet headline-n">{headline.n}</p>
    </div>
  )
}

function TableCard({ table, notes }: { table: TableOf; notes: string[] }) {
  return (
    <div className="card report-card stack">
      <h3>{table.caption}</h3>
      <ChartTable table={table} write={(text) => <Subscripted text={text} />} />
      {notes.length > 0 && (
        <ul className="report-table-notes">
          {notes.map((note) => (
            <li key={note}>
              <Subscripted text={note} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** d_z as it is printed: d with a small z below. */
function Subscripted({ text }: { text: string }): ReactNode {
  return subscripts(text).map(({ letter, below, at }) =>
    below === '' ? (
      <Unbroken key={at} text={letter} />
    ) : (
      <span key={at} className="nowrap">
        <i>{letter}</i>
        <sub>{below}</sub>
      </span>
    ),
  )
}
