import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Loaded } from '../../../shared/ui/states'
import { type CaseFile, looksQuery } from './api'
import { newestFirst } from './newestFirst'

type Line = { at: string; text: string }

/** What happened in a case, the newest first, and who has looked at its texts. */
export function History({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [looking, setLooking] = useState(false)
  return (
    <section className="stack" aria-labelledby="history">
      <h2 id="history">{t('cases.history')}</h2>
      <ol className="plain-list history card">
        {useLines(file).map((line) => (
          <li key={`${line.at} ${line.text}`}>
            <span className="quiet">{shortMoment(line.at, language)}</span> {line.text}
          </li>
        ))}
      </ol>
      {looking ? (
        <Looks id={file.id} />
      ) : (
        <div>
          <Button variant="secondary" onClick={() => setLooking(true)}>
            {t('cases.showLooks')}
          </Button>
        </div>
      )}
    </section>
  )
}

function useLines(file: CaseFile): Line[] {
  const { t } = useTranslation()
  const lines: Line[] = [{ at: file.opened, text: t('cases.happened.opened', { by: file.ownerName }) }]
  for (const one of file.consents) {
    lines.push({ at: one.at, text: t('cases.happened.consent', { by: one.by }) })
  }
  if (file.question) {
    lines.push({ at: file.question.at, text: t('cases.happened.question', { by: file.question.by }) })
  }
  for (const one of file.consultations) {
    lines.push({ at: one.askedAt, text: t('cases.happened.asked', { by: one.askedBy }) })
    if (one.answeredAt) {
      lines.push({ at: one.answeredAt, text: t('cases.happened.answered', { by: one.answeredBy ?? '' }) })
    }
  }
  for (const meeting of file.meetings) {
    if (meeting.outcome) {
      lines.push({ at: meeting.outcome.at, text: t('cases.happened.outcome', { by: meeting.outcome.by }) })
    }
  }
  for (const one of file.consents) {
    if (one.withdrawn) lines.push({ at: one.withdrawn, text: t('cases.happened.withdrawn') })
  }
  if (file.reopened) lines.push({ at: file.reopened, text: t('cases.happened.reopened') })
  if (file.closed) lines.push({ at: file.closed, text: t('cases.happened.closed') })
  return newestFirst(lines)
}

function Looks({ id }: { id: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery(looksQuery(id))
  return (
    <Loaded query={query}>
      {({ looks }) => (
        <div className="stack-small">
          <h3>{t('cases.looks')}</h3>
          {looks.length === 0 ? (
            <p className="card">{t('cases.noLooks')}</p>
          ) : (
            <ol className="plain-list history card">
              {looks.map((one, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two looks may be of one moment, and the list does not change
                <li key={at}>
                  <span className="quiet">{shortMoment(one.at, language)}</span>{' '}
                  {one.by || t('absences.gone')}, {t(lookedAt(one.what))}
                </li>
              ))}
            </ol>
          )}
        </div>
      )}
    </Loaded>
  )
}

function lookedAt(what: string) {
  if (what.startsWith('case_outcome')) return 'cases.lookedAt.outcome'
  if (what.startsWith('consultation')) return 'cases.lookedAt.consultation'
  return 'cases.lookedAt.question'
}
