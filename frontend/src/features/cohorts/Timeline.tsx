import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Empty } from '../../shared/ui/states'
import type { Learner } from './api'

const AT_FIRST = 15

/** What a learner did, and what was marked of them, the newest first. */
export function Timeline({ events }: { events: Learner['timeline'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [all, setAll] = useState(false)
  return (
    <section className="stack" aria-labelledby="timeline">
      <h2 id="timeline">{t('cohorts.timeline')}</h2>
      {events.length === 0 ? (
        <Empty title={t('cohorts.nothingYet')} />
      ) : (
        <ol className="plain-list timeline">
          {(all ? events : events.slice(0, AT_FIRST)).map((event) => (
            <li key={`${event.at} ${event.activity} ${event.what}`}>
              <time dateTime={event.at}>{shortMoment(event.at, language)}</time>
              <span>
                {t(`cohorts.happened.${event.what}`)} <strong>{event.title}</strong>
                {event.points !== undefined &&
                  event.max !== undefined &&
                  `, ${t('learning.points', { points: event.points, max: event.max })}`}
              </span>
            </li>
          ))}
        </ol>
      )}
      {!all && events.length > AT_FIRST && (
        <div>
          <Button variant="secondary" onClick={() => setAll(true)}>
            {t('cohorts.showAll', { count: events.length })}
          </Button>
        </div>
      )}
    </section>
  )
}
