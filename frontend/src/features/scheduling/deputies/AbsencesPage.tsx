import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useRoleName } from '../../../shared/session/useRoleName'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { AbsenceSection, daysText } from './AbsenceSection'
import { absencesQuery, type Colleague, unitsAbsencesQuery } from './api'
import '../scheduling.css'

/** Who of the scheduler's units is away when; a tap marks it. */
export function AbsencesPage() {
  const { t } = useTranslation()
  const query = useQuery(unitsAbsencesQuery)
  return (
    <Page
      title={t('absences.ofUnits')}
      lead={t('absences.ofUnitsLead')}
      back={{ to: '/doctors', text: t('nav.doctors') }}
    >
      <Loaded query={query}>
        {({ people }) =>
          people.length === 0 ? (
            <Empty title={t('absences.nobodyHere')} />
          ) : (
            <ul className="plain-list stack-small">
              {people.map((one) => (
                <li key={one.person}>
                  <Line colleague={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function Line({ colleague: { person, name, roles, units, next } }: { colleague: Colleague }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const roleName = useRoleName()
  const now = next !== undefined && next.from <= dayOf(new Date())
  return (
    <Link to="/absences/$person" params={{ person }} className="appointment">
      <span className="appointment-who">
        <strong>{name}</strong>
        <span className="quiet">
          {roles.map(roleName).join(', ')} · {units.join(', ')}
        </span>
      </span>
      {next ? (
        <>
          <span className={now ? 'tag tag-beam' : 'tag'}>
            {t('absences.away', { days: daysText(next, language) })}
          </span>
          <span className={next.deputy ? 'quiet' : undefined}>
            {next.deputy
              ? t('absences.deputyIs', { name: next.deputyName || t('absences.gone') })
              : t('absences.nobody')}
          </span>
        </>
      ) : (
        <span className="quiet">{t('absences.none')}</span>
      )}
    </Link>
  )
}

const route = getRouteApi('/in/absences/$person')

/** The absences of one person, for whoever keeps the calendars of their unit. */
export function PersonAbsencesPage() {
  const { t } = useTranslation()
  const { person } = route.useParams()
  const query = useQuery(absencesQuery(person))
  return (
    <LoadedPage query={query}>
      {({ name }) => (
        <Page title={name} back={{ to: '/absences', text: t('absences.ofUnits') }}>
          <AbsenceSection person={person} />
        </Page>
      )}
    </LoadedPage>
  )
}
