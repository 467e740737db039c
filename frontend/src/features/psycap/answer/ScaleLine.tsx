import { useTranslation } from 'react-i18next'
import { number } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Result } from './api'

const WIDTH = 240
const HEIGHT = 56
const EDGE = 8

/** One scale over time: the whole scale from below to above, a dot for each time, and a line between those that follow each other. */
export function ScaleLine({ result, index, name }: { result: Result; index: number; name: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const scale = result.scales[index]
  if (scale === undefined) return null
  const { min, max } = scale
  const last = result.points.length - 1
  const dots = result.points.map((point, place) => {
    const value = point.values[index]?.value
    return {
      point: point.point,
      value,
      x: EDGE + ((WIDTH - 2 * EDGE) * place) / Math.max(1, last),
      y: value === undefined ? 0 : EDGE + (HEIGHT - 2 * EDGE) * (1 - (value - min) / (max - min)),
    }
  })
  const there = dots.filter((dot) => dot.value !== undefined)
  const words = dots.map(
    ({ point, value }) =>
      `${t(`answering.points.${point}`)} ${value === undefined ? t('answering.noValue') : number(value, language)}`,
  )
  const said = `${name}: ${words.join(', ')}. ${t('answering.scaleOf', { min, max })}`
  const [only] = there
  // One time alone is no way from somewhere: it lies on its scale.
  if (last === 0)
    return (
      <svg viewBox={`0 0 ${WIDTH} ${2 * EDGE}`} className="scale-line" role="img" aria-label={said}>
        <line className="scale-end" x1={EDGE} x2={WIDTH - EDGE} y1={EDGE} y2={EDGE} />
        {only?.value !== undefined && (
          <circle
            className="scale-dot scale-dot-now"
            cx={EDGE + ((WIDTH - 2 * EDGE) * (only.value - min)) / (max - min)}
            cy={EDGE}
            r={6}
          />
        )}
      </svg>
    )
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="scale-line" role="img" aria-label={said}>
      <line className="scale-end" x1="0" x2={WIDTH} y1={EDGE} y2={EDGE} />
      <line className="scale-end" x1="0" x2={WIDTH} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} />
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
          r={place === there.length - 1 ? 6 : 4.5}
        />
      ))}
    </svg>
  )
}
