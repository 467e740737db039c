import { scaleBand, scaleLinear } from 'd3-scale'
import type { TFunction } from 'i18next'
import { percent } from '../dates/numbers'
import type { Language } from '../i18n/languages'
import type { ChartOf } from './chart'
import { LETTERS, LINE, widthOf } from './layout'
import { FILLS, GRID, INK, Patterns, Picture, SOFT } from './marks'

export type Distribution = {
  title: string
  /** What the values are: the first heading of the table, and the name of the axis. */
  values: string
  bins: string[]
  /** One for each point, in the order of time; each counts people by bin. */
  points: { name: string; counts: number[] }[]
  /** What stands under the bins in the table: who has no value, and why. */
  others: { name: string; counts: number[] }[]
}

export type Bar = {
  bin: number
  point: number
  x: number
  y: number
  width: number
  height: number
  count: number
}

/** Bars stand when there is room for their counts over them; on a phone they lie. */
export function isUpright(data: Pick<Distribution, 'bins' | 'points'>, width: number): boolean {
  const most = Math.max(0, ...data.points.flatMap((point) => point.counts))
  const bar = widthOf(String(most)) + 6
  const bin = Math.max(bar * data.points.length + 8, ...data.bins.map((name) => widthOf(name) + 8))
  return bin * data.bins.length <= width
}

const FOOT = 46
const UPRIGHT = 190

/** Where each bar is, for a width. A count of 0 keeps its place: that nobody is there is told too. */
export function barsOf(
  data: Pick<Distribution, 'bins' | 'points'>,
  width: number,
): { bars: Bar[]; height: number; upright: boolean; left: number; top: number } {
  const upright = isUpright(data, width)
  const top = (legendOf(data, width).at(-1)?.y ?? 0) + LINE + (upright ? LINE : 8)
  const most = Math.max(1, ...data.points.flatMap((point) => point.counts))
  const left = upright ? 0 : Math.max(...data.bins.map((name) => widthOf(name)), 16) + 10
  const lying = Math.max(data.points.length * 17 + 10, 30) * data.bins.length
  const bins = scaleBand<number>()
    .domain(data.bins.map((_, nth) => nth))
    .range(upright ? [0, width] : [top, top + lying])
    .paddingInner(0.22)
    .paddingOuter(0.11)
  const inBin = scaleBand<number>()
    .domain(data.points.map((_, nth) => nth))
    .range([0, bins.bandwidth()])
    .paddingInner(0.08)
  const length = scaleLinear()
    .domain([0, most])
    .range([0, upright ? UPRIGHT - LINE : width - left - widthOf(String(most)) - 10])
  const bars = data.points.flatMap((point, nth) =>
    data.bins.map((_, bin): Bar => {
      const count = point.counts[bin] ?? 0
      const along = (bins(bin) ?? 0) + (inBin(nth) ?? 0)
      const thick = inBin.bandwidth()
      const long = length(count)
      return upright
        ? { bin, point: nth, count, x: along, y: top + UPRIGHT - long, width: thick, height: long }
        : { bin, point: nth, count, x: left, y: along, width: long, height: thick }
    }),
  )
  return { bars, height: upright ? top + UPRIGHT + FOOT : top + lying + 8, upright, left, top }
}

export function distributionChart(data: Distribution, t: TFunction, language: Language): ChartOf {
  const totals = data.points.map((point) => point.counts.reduce((sum, count) => sum + count, 0))
  const sentence = data.points
    .map((point, nth) => {
      const most = Math.max(0, ...point.counts)
      if (most === 0) return t('charts.nobodyAt', { point: point.name })
      const where = data.bins.filter((_, bin) => point.counts[bin] === most)
      return where.length > 3
        ? t('charts.spreadAt', { point: point.name })
        : t('charts.mostAt', {
            point: point.name,
            value: where.join(t('charts.and')),
            most,
            of: totals[nth] ?? 0,
          })
    })
    .join(' ')
  return {
    title: data.title,
    sentence,
    table: {
      caption: data.title,
      head: [data.values, ...data.points.map((point) => point.name)],
      rows: [
        ...data.bins.map((name, bin) => ({
          name,
          cells: data.points.map((point, nth) => {
            const count = point.counts[bin] ?? 0
            const all = totals[nth] ?? 0
            return count === 0 ? '0' : `${count} (${percent((100 * count) / all, language)})`
          }),
        })),
        ...data.others.map((row) => ({ name: row.name, cells: row.counts.map(String) })),
      ],
    },
    picture: (width) => (
      <DistributionPicture data={data} width={width} label={`${data.title}. ${sentence}`} />
    ),
  }
}

function DistributionPicture({ data, width, label }: { data: Distribution; width: number; label: string }) {
  const { bars, height, upright, left, top } = barsOf(data, width)
  const id = `bars-${hashOf(label)}-`
  const floor = top + UPRIGHT
  return (
    <Picture width={width} height={height} label={label}>
      <Patterns id={id} />
      {legendOf(data, width).map(({ name, x, y }, nth) => (
        <g key={name}>
          <rect
            x={x + 0.5}
            y={y + 2.5}
            width="13"
            height="13"
            fill={`url(#${id}${nth % FILLS})`}
            stroke={INK}
          />
          <text x={x + 20} y={y + LETTERS}>
            {name}
          </text>
        </g>
      ))}
      {bars.map((bar) => (
        <g key={`${bar.point} ${bar.bin}`}>
          {bar.count > 0 && (
            <rect
              x={bar.x + 0.5}
              y={bar.y}
              width={Math.max(bar.width - 1, 1)}
              height={bar.height}
              fill={`url(#${id}${bar.point % FILLS})`}
              stroke={INK}
              strokeWidth="1"
            />
          )}
          {data.points.some(({ counts }) => (counts[bar.bin] ?? 0) > 0) && (
            <text
              x={upright ? bar.x + bar.width / 2 : bar.x + bar.width + 5}
              y={upright ? bar.y - 5 : bar.y + bar.height / 2 + 5}
              textAnchor={upright ? 'middle' : 'start'}
              fill={bar.count === 0 ? SOFT : INK}
            >
              {bar.count}
            </text>
          )}
        </g>
      ))}
      {upright ? (
        <path d={`M0 ${floor}H${width}`} stroke={INK} />
      ) : (
        <path d={`M${left} ${top - 4}V${height - 4}`} stroke={INK} />
      )}
      {data.bins.map((name, bin) => {
        const own = bars.filter((bar) => bar.bin === bin)
        const first = own[0]
        const last = own.at(-1)
        if (first === undefined || last === undefined) return null
        return upright ? (
          <text key={name} x={(first.x + last.x + last.width) / 2} y={floor + LINE} textAnchor="middle">
            {name}
          </text>
        ) : (
          <g key={name}>
            {bin > 0 && <path d={`M0 ${first.y - 5}H${width}`} stroke={GRID} />}
            <text x={left - 8} y={(first.y + last.y + last.height) / 2 + 5} textAnchor="end">
              {name}
            </text>
          </g>
        )
      })}
      {upright && (
        <text x={width / 2} y={floor + 2 * LINE + 4} textAnchor="middle" fill={SOFT}>
          {data.values}
        </text>
      )}
    </Picture>
  )
}

/** Where the names of the points stand: in one line, or in more when they need the room. */
function legendOf(
  data: Pick<Distribution, 'points'>,
  width: number,
): { name: string; x: number; y: number }[] {
  let x = 0
  let y = 0
  return data.points.map(({ name }) => {
    const wide = 20 + widthOf(name)
    if (x > 0 && x + wide > width) {
      x = 0
      y += LINE + 4
    }
    const place = { name, x, y }
    x += wide + 16
    return place
  })
}

/** Ids of patterns are of the whole page: two plots that say the same may share them, others may not. */
function hashOf(text: string): string {
  let hash = 0
  for (const letter of text) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0
  return (hash >>> 0).toString(36)
}
