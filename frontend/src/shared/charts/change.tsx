import { scaleLinear } from 'd3-scale'
import type { TFunction } from 'i18next'
import { decimals, signed } from '../dates/numbers'
import type { Language } from '../i18n/languages'
import type { ChartOf, Given } from './chart'
import { LETTERS, LINE, widthOf, wrapped } from './layout'
import { DEEP, GRID, INK, PAPER, Picture, SOFT, Whiskers } from './marks'

export type Change = {
  title: string
  /** What the rows are: the first heading of the table. */
  scales: string
  digits: number
  rows: { name: string; n: number; mean: Given; low: Given; high: Given }[]
}

const PLOT = 30
const AFTER = 14
/** From so many intervals on, one that misses zero by chance is to be expected. */
export const MANY = 5

/** Where dots and whiskers are, for a width; zero is always in the picture. */
export function changesOf(data: Pick<Change, 'rows'>, width: number, textAt: (nth: number) => string) {
  const numbers = data.rows.flatMap(({ mean, low, high }) =>
    [mean, low, high].flatMap(({ value }) => value ?? []),
  )
  const low = Math.min(0, ...numbers)
  const high = Math.max(0, ...numbers)
  // All at zero: there must be a place to draw it in.
  const wide = high - low || 1
  const x = scaleLinear()
    .domain([low - wide * 0.08, high + wide * 0.08])
    .range([20, width - 20])
    .nice(5)
  let y = LINE + 6
  const rows = data.rows.map((row, nth) => {
    const names = wrapped(row.name, Math.max(width - widthOf(textAt(nth)) - 16, width * 0.35))
    const top = y
    const at = top + names.length * LINE + PLOT / 2
    y = at + PLOT / 2 + AFTER
    return {
      ...row,
      names,
      top,
      y: at,
      dot: row.mean.value === undefined ? undefined : x(row.mean.value),
      from: row.low.value === undefined ? undefined : x(row.low.value),
      to: row.high.value === undefined ? undefined : x(row.high.value),
    }
  })
  return {
    rows,
    zero: x(0),
    ticks: x.ticks(5).map((value) => ({ value, x: x(value) })),
    bottom: y,
    height: y + LINE + 6,
  }
}

/** +0,3…+0,7: with its signs, for an interval around nothing is the one that must not be misread. */
function intervalText(low: number, high: number, language: Language, digits: number): string {
  return `${signed(low, language, digits)}…${signed(high, language, digits)}`
}

export function changeChart(data: Change, t: TFunction, language: Language): ChartOf {
  const write = (value: number) => signed(value, language, data.digits)
  const interval = (row: Change['rows'][number]) =>
    row.low.value === undefined || row.high.value === undefined
      ? undefined
      : intervalText(row.low.value, row.high.value, language, data.digits)
  const textAt = (nth: number) => {
    const row = data.rows[nth]
    if (row === undefined) return ''
    if (row.mean.value === undefined) return t('charts.none')
    const around = interval(row)
    return around === undefined ? write(row.mean.value) : `${write(row.mean.value)} (${around})`
  }
  const known = data.rows.flatMap(({ low, high }) =>
    low.value === undefined || high.value === undefined ? [] : [{ low: low.value, high: high.value }],
  )
  const above = known.filter(({ low }) => low > 0).length
  const below = known.filter(({ high }) => high < 0).length
  const listed = (parts: ['charts.clearlyUp' | 'charts.clearlyDown' | 'charts.maybeChance', number][]) =>
    parts.flatMap(([key, count]) => (count > 0 ? [t(key, { count })] : [])).join(', ')
  const first = known[0]
  const sentence =
    first === undefined
      ? t('charts.noIntervals')
      : data.rows.length === 1
        ? t(above + below > 0 ? 'charts.intervalClear' : 'charts.intervalZero', {
            change: write(data.rows[0]?.mean.value ?? 0),
            interval: intervalText(first.low, first.high, language, data.digits),
          })
        : [
            t('charts.intervals', {
              count: known.length,
              went: listed([
                ['charts.clearlyUp', above],
                ['charts.clearlyDown', below],
                ['charts.maybeChance', known.length - above - below],
              ]),
            }),
            ...(known.length >= MANY && above + below > 0 ? [t('charts.oneInTwenty')] : []),
          ].join(' ')
  return {
    title: data.title,
    sentence,
    table: {
      caption: data.title,
      head: [data.scales, 'n', t('charts.change'), t('charts.interval')],
      rows: data.rows.map((row) => ({
        name: row.name,
        cells: [
          String(row.n),
          row.mean.value === undefined ? row.mean.why : write(row.mean.value),
          interval(row) ?? row.low.why ?? row.high.why ?? '',
        ],
      })),
    },
    picture: (width) => (
      <ChangePicture
        data={data}
        width={width}
        label={`${data.title}. ${sentence}`}
        textAt={textAt}
        tick={(value) => (value === 0 ? '0' : signed(value, language, decimalsIn(value)))}
        noChange={t('charts.noChange')}
      />
    ),
  }
}

const decimalsIn = (value: number) => (decimals(value, 'en', 2).replace(/0+$/, '').split('.')[1] ?? '').length

function ChangePicture({
  data,
  width,
  label,
  textAt,
  tick,
  noChange,
}: {
  data: Change
  width: number
  label: string
  textAt: (nth: number) => string
  tick: (value: number) => string
  noChange: string
}) {
  const { rows, zero, ticks, bottom, height } = changesOf(data, width, textAt)
  const words = widthOf(noChange, 13)
  return (
    <Picture width={width} height={height} label={label}>
      <text
        x={Math.min(Math.max(zero, words / 2), width - words / 2)}
        y={LETTERS}
        textAnchor="middle"
        fill={SOFT}
        fontSize="13"
      >
        {noChange}
      </text>
      {ticks.map(({ value, x }) => (
        <g key={value}>
          {rows.map((row) => (
            <path key={row.name} d={`M${x} ${row.y - PLOT / 2}V${row.y + PLOT / 2}`} stroke={GRID} />
          ))}
          <text x={x} y={bottom + LETTERS} textAnchor="middle" fill={SOFT} fontSize="13">
            {tick(value)}
          </text>
        </g>
      ))}
      {rows.map((row, nth) => (
        <g key={row.name}>
          <path
            d={`M${zero} ${row.y - PLOT / 2}V${row.y + PLOT / 2}`}
            stroke={INK}
            strokeDasharray="4 3"
            strokeWidth="1.5"
          />
          {row.names.map((line, at) => (
            <text key={line} x="0" y={row.top + LETTERS + at * LINE} fontWeight="600">
              {line}
            </text>
          ))}
          <text x={width} y={row.top + LETTERS} textAnchor="end">
            {textAt(nth)}
          </text>
          {row.from !== undefined && row.to !== undefined && (
            <Whiskers from={row.from} to={row.to} y={row.y} />
          )}
          {row.dot !== undefined && (
            <circle cx={row.dot} cy={row.y} r="6.5" fill={DEEP} stroke={PAPER} strokeWidth="1.5" />
          )}
        </g>
      ))}
    </Picture>
  )
}
