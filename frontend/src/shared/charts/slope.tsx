import { scaleLinear, scalePoint } from 'd3-scale'
import type { TFunction } from 'i18next'
import { decimals } from '../dates/numbers'
import type { Language } from '../i18n/languages'
import type { ChartOf, Given } from './chart'
import { LETTERS, LINE, shownRange, spread, widthOf, wrapped } from './layout'
import { DEEP, INK, LINE_STRONG, PAPER, Picture, SEA, SOFT } from './marks'
import { MovesPicture } from './moves'

export type Slope = {
  title: string
  /** What the lines are: the first heading of the table. */
  scales: string
  min: number
  max: number
  digits: number
  points: string[]
  /** A strong line is of the whole, the others are its parts. */
  lines: { name: string; means: Given[]; strong: boolean }[]
}

type Dot = { x: number; y: number; value: number }

const HEIGHT = 250
const HEIGHT_OF_ONE = 150
const TOP = 34
const GAP = LINE + 1
/** More lines than this between the same two axes are a tangle. */
const MOST_LINES = 6
/** The room of a tick's number beside its axis. */
const TICK = { from: 8, to: 40, above: 10 }

/** Where lines and labels are, for a width. A line has the dots that there are numbers for. */
export function slopesOf(data: Slope, width: number) {
  const values = data.lines.flatMap((line) => line.means.flatMap(({ value }) => value ?? []))
  const range = shownRange(values, data.min, data.max)
  const longest = Math.max(0, ...data.lines.map((line) => widthOf(line.name)))
  const number = widthOf('00,00')
  // Names stand at the ends of the lines when there is room, else letters that the table explains.
  const named = data.lines.length > 1 && longest + number + 40 <= width * 0.5
  const right = number + (named ? longest + 34 : data.lines.length > 1 ? 30 : 12)
  const left = number + 14
  // A line that ends high may need the room of all labels below it.
  const height = data.lines.length === 1 ? HEIGHT_OF_ONE : Math.max(HEIGHT, data.lines.length * GAP)
  const y = scaleLinear()
    .domain(range)
    .range([TOP + height, TOP])
  const x = scalePoint<number>()
    .domain(data.points.map((_, nth) => nth))
    .range([left, width - right])
  const lines = data.lines.map((line) => ({
    ...line,
    dots: line.means.flatMap(({ value }, nth): Dot[] =>
      value === undefined ? [] : [{ x: x(nth) ?? left, y: y(value), value }],
    ),
  }))
  // Where a number stands without a name, one is enough for all lines that begin there.
  const places = (end: 'first' | 'last', once: boolean) => {
    const seen = new Set<string>()
    const dots = lines.map((line) => (end === 'first' ? line.dots[0] : line.dots.at(-1)))
    const there = dots.flatMap((dot, nth) => {
      if (dot === undefined) return []
      const written = dot.value.toFixed(data.digits)
      if (once && seen.has(written)) return []
      seen.add(written)
      return [{ dot, nth }]
    })
    const moved = spread(
      there.map(({ dot }) => dot.y),
      GAP,
      TOP,
      TOP + height,
    )
    return there.map(({ dot, nth }, rank) => ({ line: nth, dot, y: moved[rank] ?? dot.y }))
  }
  return {
    lines,
    range,
    named,
    left,
    right: width - right,
    height: TOP + height + 14,
    // A tick whose number would lie under a line or a dot goes without it: every dot has its own.
    ticks: y.ticks(5).map((value) => ({
      value,
      y: y(value),
      free: lines.every(({ dots }) => isFree(dots, left, y(value))),
    })),
    points: data.points.map((name, nth) => ({ name, x: x(nth) ?? left })),
    first: places('first', true),
    last: places('last', false),
  }
}

/** Whether the number of a tick of the first axis has a line neither under nor over it. */
function isFree(dots: Dot[], left: number, at: number): boolean {
  const [first, second] = dots
  if (first === undefined || first.x > left + TICK.to) return true
  const slant = second === undefined ? 0 : (second.y - first.y) / (second.x - first.x)
  const ends = [first.y, first.y + slant * TICK.to]
  return at < Math.min(...ends) - TICK.above || at > Math.max(...ends) + TICK.above
}

/** A, B, C … for the lines whose names do not fit into the plot. */
const letterOf = (nth: number) => String.fromCodePoint(65 + nth)

export function slopeChart(data: Slope, t: TFunction, language: Language): ChartOf {
  const write = (value: number) => decimals(value, language, data.digits)
  const rows = data.lines.length > MOST_LINES && data.points.length === 2
  const named = data.lines.map((line, nth) =>
    data.lines.length > 1 && !rows ? `${letterOf(nth)} ${line.name}` : line.name,
  )
  const moves = data.lines.flatMap(({ means }) => {
    const first = means[0]?.value
    const last = means.at(-1)?.value
    return first === undefined || last === undefined
      ? []
      : [{ first: write(first), last: write(last), by: last - first }]
  })
  const only = moves[0]
  const count = (is: (by: number) => boolean) => moves.filter(({ by }) => is(by)).length
  const listed = (parts: ['charts.wentUp' | 'charts.wentDown' | 'charts.wentNowhere', number][]) =>
    parts.flatMap(([key, count]) => (count > 0 ? [t(key, { count })] : [])).join(', ')
  const went =
    only === undefined
      ? t('charts.noMeans')
      : data.lines.length === 1
        ? t(
            only.first === only.last ? 'charts.meanSame' : only.by > 0 ? 'charts.meanUp' : 'charts.meanDown',
            only,
          )
        : t('charts.meansWent', {
            count: moves.length,
            went: listed([
              ['charts.wentUp', count((by) => by > 0)],
              ['charts.wentDown', count((by) => by < 0)],
              ['charts.wentNowhere', count((by) => by === 0)],
            ]),
          })
  const { range } = slopesOf(data, 0)
  const whole = range[0] === data.min && range[1] === data.max
  const scale = { min: number(data.min, language), max: number(data.max, language) }
  const sentence = `${went} ${
    whole
      ? t('charts.wholeScale', scale)
      : t('charts.partOfScale', {
          ...scale,
          from: number(range[0], language),
          to: number(range[1], language),
        })
  }`
  return {
    title: data.title,
    sentence,
    table: {
      caption: data.title,
      head: [data.scales, ...data.points],
      rows: data.lines.map((line, nth) => ({
        name: named[nth] ?? line.name,
        cells: line.means.map(({ value, why }) => (value === undefined ? why : write(value))),
      })),
    },
    picture: (width) =>
      rows ? (
        <MovesPicture
          data={data}
          points={{ first: data.points[0] ?? '', last: data.points[1] ?? '' }}
          width={width}
          label={`${data.title}. ${sentence}`}
          textAt={(nth) =>
            (data.lines[nth]?.means ?? [])
              .map(({ value }) => (value === undefined ? '–' : write(value)))
              .join(' → ')
          }
          tick={(value) => number(value, language)}
        />
      ) : (
        <SlopePicture
          data={data}
          width={width}
          label={`${data.title}. ${sentence}`}
          write={write}
          tick={(value) => number(value, language)}
        />
      ),
  }
}

const number = (value: number, language: Language) =>
  decimals(value, language, Number.isInteger(value) ? 0 : 1)

function SlopePicture({
  data,
  width,
  label,
  write,
  tick,
}: {
  data: Slope
  width: number
  label: string
  write: (value: number) => string
  tick: (value: number) => string
}) {
  const slopes = slopesOf(data, width)
  const several = data.lines.length > 1
  const apart = (slopes.right - slopes.left) / Math.max(1, slopes.points.length - 1) - 6
  return (
    <Picture width={width} height={slopes.height} label={label}>
      {slopes.points.map(({ name, x }, nth) => (
        <g key={name}>
          <path d={`M${x} ${TOP - 6}V${slopes.height - 8}`} stroke={LINE_STRONG} />
          <text
            x={x}
            y={LETTERS}
            textAnchor={nth === 0 ? (slopes.points.length > 1 ? 'middle' : 'start') : 'middle'}
            fontWeight="600"
          >
            {wrapped(name, Math.max(apart, 60)).join(' ')}
          </text>
        </g>
      ))}
      {slopes.ticks.map(({ value, y, free }) => (
        <g key={value}>
          <path d={`M${slopes.left} ${y}h6`} stroke={LINE_STRONG} />
          {free && (
            <text x={slopes.left + TICK.from} y={y + 4} fill={SOFT} fontSize="12">
              {tick(value)}
            </text>
          )}
        </g>
      ))}
      {slopes.lines.map((line) => (
        <g key={line.name}>
          <polyline
            points={line.dots.map(({ x, y }) => `${x},${y}`).join(' ')}
            fill="none"
            stroke={line.strong ? DEEP : SEA}
            strokeWidth={line.strong || !several ? 3.5 : 2}
          />
          {line.dots.map(({ x, y }) => (
            <circle
              key={x}
              cx={x}
              cy={y}
              r={line.strong || !several ? 6 : 4.5}
              fill={line.strong || !several ? DEEP : PAPER}
              stroke={line.strong ? DEEP : SEA}
              strokeWidth="2"
            />
          ))}
        </g>
      ))}
      {slopes.points.length > 1 &&
        slopes.first.map(({ line, dot, y }) => (
          <g key={line}>
            {Math.abs(y - dot.y) > 3 && (
              <path d={`M${dot.x - 7} ${dot.y}L${dot.x - 12} ${y}`} stroke={LINE_STRONG} />
            )}
            <text x={dot.x - 14} y={y + 5} textAnchor="end" {...weightOf(data, line)}>
              {write(dot.value)}
            </text>
          </g>
        ))}
      {slopes.last.map(({ line, dot, y }) => (
        <g key={line}>
          {Math.abs(y - dot.y) > 3 && (
            <path d={`M${dot.x + 7} ${dot.y}L${dot.x + 12} ${y}`} stroke={LINE_STRONG} />
          )}
          <text x={dot.x + 14} y={y + 5} fill={INK} {...weightOf(data, line)}>
            {write(dot.value)}
            {several && ` ${letterOf(line)}`}
            {slopes.named && ` ${data.lines[line]?.name ?? ''}`}
          </text>
        </g>
      ))}
    </Picture>
  )
}

const weightOf = (data: Slope, line: number) =>
  data.lines[line]?.strong || data.lines.length === 1 ? { fontWeight: 650 } : {}
