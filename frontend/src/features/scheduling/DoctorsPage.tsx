import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { unitsWith } from '../../shared/session/roles'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded } from '../../shared/ui/states'
import { doctorsQuery } from './api'
import { RepliesSection } from './consultations/Replies'
import { daysText } from './deputies/AbsenceSection'
import { CoveringNotice } from './deputies/CoveringNotice'
import { TravelSection } from './hours/TravelSection'
import { Unanswered } from './today/Unanswered'
import './scheduling.css'

/** The doctors whose hours a scheduler keeps: those of the scheduler's own units. */
export function DoctorsPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const query = useQuery(doctorsQuery)
  const own = unitsWith(me, 'scheduler').map((unit) => unit.id)
  return (
    <Page
      title={t('nav.doctors')}
      lead={t('hours.doctorsLead')}
      aside={
        <div className="row">
          <Link to="/absences" className="button-link button-link-light">
            {t('absences.ofUnits')}
          </Link>
          <Link to="/lendings" className="button-link button-link-light">
            {t('lendings.title')}
          </Link>
        </div>
      }
    >
      <CoveringNotice />
      <Unanswered ofDoctors />
      <Loaded query={query}>
        {({ doctors }) => {
          const mine = doctors.filter((doctor) => own.includes(doctor.unit))
          return mine.length === 0 ? (
            <Empty title={t('scheduling.noDoctors')} />
          ) : (
            <section className="stack" aria-labelledby="doctors">
              <h2 id="doctors">{t('hours.doctors')}</h2>
              <ul className="plain-list stack-small">
                {mine.map((doctor) => (
                  <li key={`${doctor.person} ${doctor.unit}`}>
                    <Link
                      to="/doctors/$person/hours"
                      params={{ person: doctor.person }}
                      className="appointment"
                    >
                      <span className="appointment-who">
                        <strong>{doctor.name}</strong>
                        <span className="quiet">{doctor.unitName}</span>
                        {doctor.away && (
                          <span>{t('absences.away', { days: daysText(doctor.away, language) })}</span>
                        )}
                      </span>
                      <span className={doctor.rules === 0 ? 'tag tag-beam' : 'tag'}>
                        {t('hours.rules', { count: doctor.rules })}
                      </span>
                      <span className="quiet">
                        {doctor.nextFree
                          ? t('hours.nextFree', { at: shortMoment(doctor.nextFree, language) })
                          : t('hours.noFree')}
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )
        }}
      </Loaded>
      <RepliesSection />
      <TravelSection />
    </Page>
  )
}
