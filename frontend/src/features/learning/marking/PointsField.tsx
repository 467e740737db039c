import { useTranslation } from 'react-i18next'

/** As many points as one taps; more is typed. */
const TAPPED = 10

/** From none to all the points of one answer. */
export function PointsField({
  name,
  most,
  points,
  onPoints,
}: {
  name: string
  most: number
  points: number | undefined
  onPoints: (points: number) => void
}) {
  const { t } = useTranslation()
  if (most > TAPPED) {
    return (
      <label className="points-typed">
        <strong>{t('openAnswers.points')}</strong>{' '}
        <span className="quiet">{t('openAnswers.of', { max: most })}</span>
        <input
          type="number"
          inputMode="numeric"
          min={0}
          max={most}
          step={1}
          value={points ?? ''}
          onChange={(event) => {
            const typed = event.target.valueAsNumber
            if (Number.isInteger(typed)) onPoints(Math.min(most, Math.max(0, typed)))
          }}
        />
      </label>
    )
  }
  return (
    <fieldset className="points">
      <legend>{t('openAnswers.points')}</legend>
      <div className="points-row">
        {[...Array(most + 1).keys()].map((value) => (
          <label key={value} className="points-choice">
            <input
              type="radio"
              name={`points-${name}`}
              checked={points === value}
              onChange={() => onPoints(value)}
            />
            <span>{value}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
