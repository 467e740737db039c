import { useTranslation } from 'react-i18next'
import { number } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Result } from './api'

/** How a line is drawn: beside its name, in a row among many, or alone with the ends of its scale and its times. */
export type Drawn = 'usual' | 'small' | 'large'

/** Each is drawn at about the size at which it is seen, so that dots and lines are never squeezed. */
const SIZES = {
  usual: { width: 240, left: 0, right: 240, inset: 8, top: 8, bottom: 48, height: 56, dot: 4.5, now: 6 },
  small: { width: 60, left: 0, right: 60, inset: 6, top: 5, bottom: 27, height: 32, dot: 3, now: 4 },
  large: { width: 320, left: 30, right: 320, inset: 26, top: 10, bottom: 78, height: 108, dot: 5, now: 7 },
} as const

/** One scale over time: the whole scale from below to above, a dot for each time, and a line between those that follow each other. */
export function ScaleLine({
  result,
  index,
  name,
  drawn = 'usual',
}: {
  result: Result
  index: number
  name: string
  drawn?: Drawn
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const scale = result.scales[index]
  if (scale === undefined) return null
  const { min, max } = scale
  const size = SIZES[drawn]
  const last = result.points.length - 1
  const from = size.left + size.inset
  const to = size.right - size.inset
  const dots = result.points.map((point, place) => {
    const value = point.values[index]?.value
    return {
      point: point.point,
      value,
      x: from + ((to - from) * place) / Math.max(1, last),
      y: value === undefined ? 0 : size.bottom - ((size.bottom - size.top) * (value - min)) / (max - min),
    }
  })
  const there = dots.filter((dot) => dot.value !== undefined)
  const words = dots.map(
    ({ point, value }) =>
      `${t(`answering.points.${point}`)} ${value === undefined ? t('answering.noValue') : number(value, language)}`,
  )
  const said = `${name}: ${words.join(', ')}. ${t('answering.scaleOf', { min, max })}`
  const className = `scale-line scale-line-${drawn}`
  const [only] = there
  // One time alone is no way from somewhere: it lies on its scale.
  if (last === 0) {
    const edge = size.now + 2
    const low = drawn === 'large' ? 2 * edge + 20 : 2 * edge
    return (
      <svg viewBox={`0 0 ${size.width} ${low}`} className={className} role="img" aria-label={said}>
        <line className="scale-end" x1={edge} x2={size.width - edge} y1={edge} y2={edge} />
        {only?.value !== undefined && (
          <circle
            className="scale-dot scale-dot-now"
            cx={edge + ((size.width - 2 * edge) * (only.value - min)) / (max - min)}
            cy={edge}
            r={size.now}
          />
        )}
        {drawn === 'large' && (
          <>
            <text x={edge} y={low - 2} textAnchor="middle">
              {number(min, language)}
            </text>
            <text x={size.width - edge} y={low - 2} textAnchor="middle">
              {number(max, language)}
            </text>
          </>
        )}
      </svg>
    )
  }
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} className={className} role="img" aria-label={said}>
      <line className="scale-end" x1={size.left} x2={size.right} y1={size.top} y2={size.top} />
      <line className="scale-end" x1={size.left} x2={size.right} y1={size.bottom} y2={size.bottom} />
      {drawn === 'large' && (
        <>
          <text x={size.left - 8} y={size.top + 5} textAnchor="end">
            {number(max, language)}
          </text>
          <text x={size.left - 8} y={size.bottom + 5} textAnchor="end">
            {number(min, language)}
          </text>
          {dots.map(({ point, x }) => (
            <text key={point} x={x} y={size.height - 6} textAnchor="middle">
              {t(`answering.short.${point}`)}
            </text>
          ))}
        </>
      )}
      {there.slice(1).map((dot, place) => {
        const before = there[place]
        return (
          before && (
            <line key={dot.point} className="scale-way" x1={before.x} y1={before.y} x2={dot.x} y2={dot.y} />
          )
        )
      })}
      {there.map((dot, place) => (
        <circle
          key={dot.point}
          className={place === there.length - 1 ? 'scale-dot scale-dot-now' : 'scale-dot'}
          cx={dot.x}
          cy={dot.y}
          r={place === there.length - 1 ? size.now : size.dot}
        />
      ))}
    </svg>
  )
}
