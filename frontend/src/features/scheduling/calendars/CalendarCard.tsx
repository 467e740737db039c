import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortDay, shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type OtherCalendar, useReadCalendar, useReplaceCalendar } from './api'
import { wrongText } from './CalendarForm'
import { FileField, type Picked } from './FileField'
import { useCalendarName, useReason } from './names'

type Props = { person: string; calendar: OtherCalendar; onRemove: () => void }

/** One calendar: how old it is, what went wrong with it, and what of it was not understood. */
export function CalendarCard({ person, calendar, onRemove }: Props) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const name = useCalendarName()(calendar)
  const read = useReadCalendar(person, calendar.id)
  const failure = `problems.${calendar.error}`
  return (
    <article className="card stack-small" aria-label={name}>
      <div className="row row-between">
        <h3>{name}</h3>
        {calendar.stale && <span className="tag tag-beam">{t('calendars.stale')}</span>}
      </div>
      <p>
        {calendar.readAt && t('calendars.readAt', { at: shortMoment(calendar.readAt, language) })}{' '}
        <span className="quiet">{t('calendars.until', { day: shortDay(calendar.until, language) })}</span>
      </p>
      {calendar.stale && (
        <p>{t(calendar.source === 'file' ? 'calendars.staleFile' : 'calendars.staleAddress')}</p>
      )}
      {calendar.error && (
        <Notice
          kind="warning"
          title={t('calendars.failed', {
            at: calendar.triedAt ? shortMoment(calendar.triedAt, language) : '',
          })}
        >
          <p>
            {i18n.exists(failure) ? t(failure as 'problems.calendar_none') : t('problems.refused')}{' '}
            {calendar.nextAt && t('calendars.nextAt', { at: shortMoment(calendar.nextAt, language) })}
          </p>
        </Notice>
      )}
      <Problems calendar={calendar} />
      {read.problem?.code !== calendar.error && <WriteNotice write={read} />}
      {read.busy && (
        <p role="status" className="quiet">
          {t('calendars.reading')}
        </p>
      )}
      <div className="row">
        {calendar.source === 'address' && (
          <Button
            variant="secondary"
            aria-disabled={read.busy}
            aria-label={t('calendars.readNowOf', { name })}
            onClick={() => read.start(undefined)}
          >
            {t('calendars.readNow')}
          </Button>
        )}
        {calendar.source === 'file' && <Replace person={person} calendar={calendar} name={name} />}
        <Button variant="secondaryNoBorder" aria-label={t('calendars.removeOf', { name })} onClick={onRemove}>
          {t('common.remove')}
        </Button>
      </div>
    </article>
  )
}

/** A newer file in the place of the one before. */
function Replace({ person, calendar, name }: { person: string; calendar: OtherCalendar; name: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [picked, setPicked] = useState<Picked>()
  const replace = useReplaceCalendar(person, calendar.id)
  if (!open) {
    return (
      <Button
        variant="secondary"
        aria-label={t('calendars.replaceOf', { name })}
        onClick={() => {
          setOpen(true)
          setPicked(undefined)
        }}
      >
        {t('calendars.replace')}
      </Button>
    )
  }
  return (
    <div className="stack-small file-replace">
      <FileField
        label={t('calendars.newFile')}
        onPick={(next) => {
          setPicked(next)
          if (next && 'file' in next) replace.start(next.file)
        }}
        {...(picked && 'wrong' in picked && { wrong: wrongText(t, picked.wrong) })}
      />
      <WriteNotice write={replace} />
      {replace.output && !replace.problem && <Notice kind="good" live title={t('calendars.replaced')} />}
      <Button variant="secondaryNoBorder" onClick={() => setOpen(false)}>
        {t('calendars.done')}
      </Button>
    </div>
  )
}

function Problems({ calendar }: { calendar: OtherCalendar }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const reason = useReason()
  if (calendar.problems === 0) return null
  const title = t('calendars.notUnderstood', { count: calendar.problems })
  if (!calendar.listed) return <p>{title}</p>
  return (
    <details className="calendar-problems">
      <summary>{title}</summary>
      <p className="quiet">{t('calendars.notUnderstoodHelp')}</p>
      <ul>
        {calendar.listed.map((problem) => (
          <li key={`${problem.line}-${problem.code}-${problem.what ?? ''}`}>
            <strong>
              {problem.date ? shortDay(problem.date, language) : t('calendars.noDate')}
              {', '}
              {t('calendars.line', { line: problem.line })}
            </strong>
            {': '}
            {reason(problem)}
          </li>
        ))}
      </ul>
      {calendar.unlisted ? <p>{t('calendars.unlisted', { count: calendar.unlisted })}</p> : null}
    </details>
  )
}
