import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useKindName } from '../cases/names'
import type { ConsultationInList } from './api'
import './consultations.css'

/** One consultation in a list: what it is about, with whom, and by when or since when. */
export function ConsultationLine({ consultation }: { consultation: ConsultationInList }) {
  const { t } = useTranslation()
  const kindName = useKindName()
  return (
    <Link
      to="/consultations/$consultation"
      params={{ consultation: consultation.id }}
      className={consultation.overdue ? 'consultation consultation-late' : 'consultation'}
    >
      <span className="consultation-what">
        <strong>{consultation.kinds.map(kindName).join(', ')}</strong>
        <span className="quiet">
          {consultation.doctor?.name ?? t('consultations.anyDoctor')}, {consultation.unitName} ·{' '}
          <span className="nowrap">
            {t('scheduling.reference')} {consultation.reference}
          </span>
        </span>
      </span>
      <ConsultationState consultation={consultation} />
    </Link>
  )
}

/** Whose turn it is, and by when. */
export function ConsultationState({ consultation }: { consultation: ConsultationInList }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const due = shortDay(consultation.due, language)
  if (consultation.overdue)
    return <span className="tag tag-bad">{t('consultations.late', { day: due })}</span>
  switch (consultation.status) {
    case 'waiting':
      return <span className="tag">{t('consultations.due', { day: due })}</span>
    case 'more':
      return <span className="tag tag-beam">{t('consultations.more')}</span>
    case 'answered':
      return (
        <span className="tag tag-good">
          {t('consultations.answeredIn', { count: consultation.days ?? 0 })}
        </span>
      )
    case 'turned':
      return <span className="tag">{t('consultations.turned')}</span>
    default:
      return <span className="tag">{t('consultations.closed')}</span>
  }
}
