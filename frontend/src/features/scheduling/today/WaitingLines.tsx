import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { repliesQuery } from '../consultations/api'
import { requestsQuery } from '../waiting/api'

/** How many wait in the doctor's units for a joint appointment and for an answer in writing; nothing when nobody does. */
export function WaitingLines({ units }: { units: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation()
  const lines = useQuery(requestsQuery).data?.lines ?? []
  const replies = useQuery(repliesQuery).data?.units ?? []
  const waiting = units
    .map((unit) => ({
      ...unit,
      line: lines.find((one) => one.unit === unit.id),
      written: replies.find((one) => one.unit === unit.id)?.waiting ?? 0,
    }))
    .filter(({ line, written }) => (line?.waiting ?? 0) + written > 0)
  if (waiting.length === 0) return null
  return (
    <section className="stack" aria-labelledby="lines">
      <h2 id="lines">{t('today.linesTitle')}</h2>
      <div className="card stack">
        {waiting.map(({ id, name, line, written }) => (
          <div key={id} className="stack-small">
            <h3>{name}</h3>
            <ul className="plain-list">
              {line !== undefined && line.waiting > 0 && (
                <li>
                  {t('today.linesJoint', { count: line.waiting })}
                  {line.urgent > 0 && `, ${t('waiting.countUrgent', { count: line.urgent })}`}
                  {line.forMe > 0 && `, ${t('waiting.countForMe', { count: line.forMe })}`}
                </li>
              )}
              {written > 0 && <li>{t('today.linesWritten', { count: written })}</li>}
            </ul>
          </div>
        ))}
        <p>
          <Link to="/hours">{t('today.linesToHours')}</Link>
        </p>
      </div>
    </section>
  )
}
