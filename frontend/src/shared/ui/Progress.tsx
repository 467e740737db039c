import { percent } from '../dates/numbers'
import { useLanguage } from '../i18n/i18n'
import './progress.css'

/** How far something has come: a bar, and the same in figures. */
export function Progress({
  value,
  label,
  size = 'large',
}: {
  value: number
  label: string
  size?: 'large' | 'small'
}) {
  const language = useLanguage()
  return (
    <div className={`progress progress-${size}`}>
      <progress max={100} value={value} aria-label={label}>
        {percent(value, language)}
      </progress>
      <span className="progress-figure">{percent(value, language)}</span>
    </div>
  )
}
