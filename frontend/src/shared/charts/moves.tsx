import { scaleLinear } from 'd3-scale'
import type { Given } from './chart'
import { LETTERS, LINE, shownRange, widthOf, wrapped } from './layout'
import { GRID, INK, PAPER, Picture, SEA, SOFT } from './marks'

/** What a row is drawn of: the means of one scale, in the order of the points. */
export type Move = { name: string; means: Given[] }

const PLOT = 24
const AFTER = 12
const DOT = 6
/** Between a row's line and the head of its arrow. */
const HEAD = 7

/** Where rows, dots and arrows are, for a width: from the first mean of each scale to its last. */
export function movesOf(
  data: { lines: readonly Move[]; min: number; max: number },
  width: number,
  textAt: (nth: number) => string,
) {
  const values = data.lines.flatMap(({ means }) => means.flatMap(({ value }) => value ?? []))
  const range = shownRange(values, data.min, data.max)
  const x = scaleLinear()
    .domain(range)
    .range([16, width - 16])
  let y = LINE + 10
  const rows = data.lines.map((line, nth) => {
    const names = wrapped(line.name, Math.max(width - widthOf(textAt(nth)) - 16, width * 0.35))
    const top = y
    const at = top + names.length * LINE + PLOT / 2
    y = at + PLOT / 2 + AFTER
    const place = (mean: Given | undefined) => (mean?.value === undefined ? undefined : x(mean.value))
    return { names, top, y: at, from: place(line.means[0]), to: place(line.means.at(-1)) }
  })
  return {
    rows,
    ticks: x.ticks(5).map((value) => ({ value, x: x(value) })),
    bottom: y,
    height: y + LINE + 4,
  }
}

/** A row for each scale, where lines beside each other would be a tangle: an open dot is the first mean, a filled one the last. */
export function MovesPicture({
  data,
  points,
  width,
  label,
  textAt,
  tick,
}: {
  data: { lines: readonly Move[]; min: number; max: number }
  points: { first: string; last: string }
  width: number
  label: string
  textAt: (nth: number) => string
  tick: (value: number) => string
}) {
  const { rows, ticks, bottom, height } = movesOf(data, width, textAt)
  const second = 22 + widthOf(points.first) + 20
  return (
    <Picture width={width} height={height} label={label}>
      <Dot x={8} y={LETTERS - 5} first />
      <text x="22" y={LETTERS}>
        {points.first}
      </text>
      <Dot x={second} y={LETTERS - 5} />
      <text x={second + 14} y={LETTERS}>
        {points.last}
      </text>
      {rows.map(({ names, top, y, from, to }, nth) => (
        <g key={names.join(' ')}>
          {names.map((line, at) => (
            <text key={line} x="0" y={top + LETTERS + at * LINE} fontWeight="600">
              {line}
            </text>
          ))}
          <text x={width} y={top + LETTERS} textAnchor="end">
            {textAt(nth)}
          </text>
          {ticks.map(({ value, x }) => (
            <path key={value} d={`M${x} ${y - PLOT / 2}V${y + PLOT / 2}`} stroke={GRID} />
          ))}
          {from !== undefined && to !== undefined && <Way from={from} to={to} y={y} />}
          {from !== undefined && <Dot x={from} y={y} first />}
          {to !== undefined && <Dot x={to} y={y} />}
        </g>
      ))}
      {ticks.map(({ value, x }) => (
        <text key={value} x={x} y={bottom + LETTERS - 4} textAnchor="middle" fill={SOFT} fontSize="13">
          {tick(value)}
        </text>
      ))}
    </Picture>
  )
}

function Dot({ x, y, first = false }: { x: number; y: number; first?: boolean }) {
  return (
    <circle
      cx={x}
      cy={y}
      r={first ? DOT + 1 : DOT - 1}
      fill={first ? PAPER : SEA}
      stroke={SEA}
      strokeWidth="2"
    />
  )
}

/** The line from dot to dot, with an arrow when there is room for one between them. */
function Way({ from, to, y }: { from: number; to: number; y: number }) {
  const by = to > from ? 1 : -1
  const end = to - by * (DOT + 1)
  return (
    <>
      <path d={`M${from} ${y}H${to}`} stroke={INK} strokeWidth="2" />
      {Math.abs(to - from) > 2 * DOT + HEAD + 4 && <path d={`M${end} ${y}l${-by * HEAD} -4v8z`} fill={INK} />}
    </>
  )
}
