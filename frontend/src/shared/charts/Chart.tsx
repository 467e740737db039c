import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartOf, TableOf } from './chart'
import { Unbroken } from './Unbroken'
import './charts.css'

/** A picture wider than this has letters that look lost; on paper it is as wide as the page. */
const WIDEST = 620
const NARROWEST = 220
/** A table of more columns than this stands under its plot: beside it, the last ones would be out of sight. */
const MOST_BESIDE = 4
/** On a phone a longer table is closed until it is asked for: its plot has the same. On paper it is open. */
const MOST_OPEN = 5
const PHONE = '(max-width: 40rem)'

/** A plot with its title, its words, and its table: nothing can be read in one of them only. */
export function Chart({ chart, level = 3 }: { chart: ChartOf; level?: 3 | 4 }) {
  const [frame, width] = useWidth()
  const Heading = `h${level}` as const
  return (
    <figure className="chart">
      <figcaption className="chart-words">
        <Heading>{chart.title}</Heading>
        <p>
          <Unbroken text={chart.sentence} />
        </p>
      </figcaption>
      <div className={chart.table.head.length > MOST_BESIDE ? 'chart-parts chart-under' : 'chart-parts'}>
        <div className="chart-picture" ref={frame}>
          {width !== undefined && chart.picture(width)}
        </div>
        <ChartTable table={chart.table} />
      </div>
    </figure>
  )
}

type TableProps = {
  table: TableOf
  /** How a text of the table is shown; without it, as it is. */
  write?: (text: string) => ReactNode
}

export function ChartTable({ table, write }: TableProps) {
  const { t } = useTranslation()
  const phone = useOnPhone()
  const shown = <WholeTable table={table} {...(write && { write })} />
  if (!phone || table.rows.length <= MOST_OPEN) return shown
  return (
    <details className="chart-folded">
      <summary>{t('reports.asTable', { count: table.rows.length })}</summary>
      {shown}
    </details>
  )
}

function WholeTable({ table, write = (text) => <Unbroken text={text} /> }: TableProps) {
  const [first, ...others] = table.head
  return (
    // Not a region: a report has dozens of tables, of which none is a place of its own.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys too
    <div className="table-frame chart-table" role="group" tabIndex={0} aria-label={table.caption}>
      <table className="table table-figures">
        <caption className="visually-hidden">{table.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((name) => (
              <th scope="col" key={name}>
                {write(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {row.cells.map((cell, nth) => (
                <td key={others[nth]}>{write(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Whether the page was opened in a window as narrow as a phone. */
export function useOnPhone(): boolean {
  return useState(() => typeof matchMedia === 'function' && matchMedia(PHONE).matches)[0]
}

/** How wide a plot is drawn here: as wide as it may be, drawn anew when the window changes. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState<number>()
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const measure = () => setWidth(Math.max(NARROWEST, Math.min(WIDEST, Math.floor(element.clientWidth))))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [frame, width] as const
}
