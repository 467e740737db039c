import { scaleLinear } from 'd3-scale'
import type { TFunction } from 'i18next'
import { percent } from '../dates/numbers'
import type { Language } from '../i18n/languages'
import type { ChartOf, Given } from './chart'
import { LETTERS, LINE, widthOf, wrapped } from './layout'
import { GRID, INK, Picture, SEA, SOFT, TRACK, Whiskers } from './marks'

export type Share = {
  title: string
  /** What the rows are: the first heading of the table. */
  scales: string
  /** A share is of 0 to 1. */
  rows: {
    name: string
    improved: number
    same: number
    worse: number
    n: number
    share: Given
    low: Given
    high: Given
  }[]
}

const BAR = 16
const UNDER = 14
const AFTER = 14

/** Where bars and intervals are, for a width: always from 0 to 100 %. */
export function sharesOf(data: Pick<Share, 'rows'>, width: number, textAt: (nth: number) => string) {
  const x = scaleLinear()
    .domain([0, 1])
    .range([1, width - 1])
  let y = 4
  const rows = data.rows.map((row, nth) => {
    const names = wrapped(row.name, Math.max(width - widthOf(textAt(nth)) - 16, width * 0.35))
    const top = y
    const bar = top + names.length * LINE + 4
    y = bar + BAR + UNDER + AFTER
    return {
      ...row,
      names,
      top,
      bar,
      to: row.share.value === undefined ? undefined : x(row.share.value),
      interval:
        row.low.value === undefined || row.high.value === undefined
          ? undefined
          : { from: x(row.low.value), to: x(row.high.value) },
    }
  })
  return {
    rows,
    ticks: [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, x: x(value) })),
    bottom: y,
    height: y + LINE + 4,
  }
}

/** 45 % (90/200): a share without its denominator says nothing. */
function shareText(row: Share['rows'][number], language: Language): string | undefined {
  return row.share.value === undefined
    ? undefined
    : `${percent(row.share.value * 100, language)} (${row.improved}/${row.n})`
}

export function shareChart(data: Share, t: TFunction, language: Language): ChartOf {
  const interval = (row: Share['rows'][number]) =>
    row.low.value === undefined || row.high.value === undefined
      ? undefined
      : `${Math.round(row.low.value * 100)}–${percent(row.high.value * 100, language)}`
  const shares = data.rows.flatMap((row) => {
    const text = shareText(row, language)
    return text === undefined ? [] : [{ row, text, name: row.name, interval: interval(row) ?? '' }]
  })
  const [only, ...more] = shares
  const sorted = [...shares].sort((a, b) => (b.row.share.value ?? 0) - (a.row.share.value ?? 0))
  const shown =
    only === undefined
      ? t('charts.noShares')
      : more.length === 0
        ? t('charts.shareOne', {
            share: only.text,
            interval: only.interval,
            same: only.row.same,
            worse: only.row.worse,
          })
        : t('charts.shares', {
            most: `${sorted[0]?.name}, ${sorted[0]?.text}`,
            least: `${sorted.at(-1)?.name}, ${sorted.at(-1)?.text}`,
          })
  const sentence = only === undefined ? shown : `${shown} ${t('charts.anyCounts')}`
  const textAt = (nth: number) => {
    const row = data.rows[nth]
    return (row && shareText(row, language)) ?? t('charts.none')
  }
  return {
    title: data.title,
    sentence,
    table: {
      caption: data.title,
      head: [data.scales, t('charts.improved'), t('charts.wilson'), t('charts.same'), t('charts.worse')],
      rows: data.rows.map((row) => ({
        name: row.name,
        cells: [
          shareText(row, language) ?? row.share.why ?? '',
          interval(row) ?? row.low.why ?? '',
          String(row.same),
          String(row.worse),
        ],
      })),
    },
    picture: (width) => (
      <SharePicture
        data={data}
        width={width}
        label={`${data.title}. ${sentence}`}
        textAt={textAt}
        tick={(value) => percent(value * 100, language)}
      />
    ),
  }
}

function SharePicture({
  data,
  width,
  label,
  textAt,
  tick,
}: {
  data: Share
  width: number
  label: string
  textAt: (nth: number) => string
  tick: (value: number) => string
}) {
  const { rows, ticks, bottom, height } = sharesOf(data, width, textAt)
  return (
    <Picture width={width} height={height} label={label}>
      {rows.map((row, nth) => (
        <g key={row.name}>
          {row.names.map((line, at) => (
            <text key={line} x="0" y={row.top + LETTERS + at * LINE} fontWeight="600">
              {line}
            </text>
          ))}
          <text x={width} y={row.top + LETTERS} textAnchor="end">
            {textAt(nth)}
          </text>
          <rect x="0.5" y={row.bar} width={width - 1} height={BAR} fill={TRACK} stroke={GRID} />
          {row.to !== undefined && row.to > 1 && (
            <rect x="0.5" y={row.bar} width={row.to} height={BAR} fill={SEA} stroke={INK} />
          )}
          {row.interval && (
            <Whiskers from={row.interval.from} to={row.interval.to} y={row.bar + BAR + 9} cap={4} />
          )}
        </g>
      ))}
      {ticks.map(({ value, x }, nth) => (
        <g key={value}>
          <path d={`M${x} ${bottom - 6}v6`} stroke={SOFT} />
          <text
            x={x}
            y={bottom + LETTERS}
            textAnchor={nth === 0 ? 'start' : nth === ticks.length - 1 ? 'end' : 'middle'}
            fill={SOFT}
            fontSize="13"
          >
            {tick(value)}
          </text>
        </g>
      ))}
    </Picture>
  )
}
