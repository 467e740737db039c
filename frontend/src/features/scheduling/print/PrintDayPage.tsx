import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { addDays, clockRange, dayOf, longDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { useMe } from '../../../shared/session/me'
import { hasRole } from '../../../shared/session/roles'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import type { Appointment } from '../api'
import { useModeName } from '../names'
import { useSeatName } from '../today/words'
import { daySheetQuery, type ReturnedOf } from './api'
import './print.css'

const route = getRouteApi('/in/print/day')

/** A day's appointments on paper, by doctor: there is nothing about a client on it. */
export function PrintDayPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const { date } = route.useSearch()
  const day = date ?? dayOf(new Date())
  const query = useQuery(daySheetQuery(day))
  return (
    <Page
      title={t('printDay.title')}
      lead={longDay(day, language, true)}
      back={
        hasRole(me, 'doctor')
          ? { to: '/today', text: t('nav.today') }
          : { to: '/doctors', text: t('nav.doctors') }
      }
      aside={
        <div className="row print-tools">
          <Link to="/print/day" search={{ date: addDays(day, -1) }} className="button-link button-link-light">
            {t('printDay.before')}
          </Link>
          <Link to="/print/day" search={{ date: addDays(day, 1) }} className="button-link button-link-light">
            {t('printDay.after')}
          </Link>
          <Button onClick={() => window.print()}>{t('printDay.print')}</Button>
        </div>
      }
    >
      <Loaded query={query}>
        {({ appointments, returned }) =>
          appointments.length + returned.length === 0 ? (
            <Empty title={t('printDay.none')} />
          ) : (
            <>
              {byDoctor(appointments, returned).map((sheet) => (
                <Sheet key={`${sheet.doctor} ${sheet.unit}`} sheet={sheet} />
              ))}
              <p className="quiet">{t('printDay.noClient')}</p>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

type SheetOf = {
  doctor: string
  unit: string
  title: string
  appointments: Appointment[]
  returned: ReturnedOf['times']
}

function byDoctor(appointments: readonly Appointment[], returned: readonly ReturnedOf[]): SheetOf[] {
  const sheets: SheetOf[] = []
  function sheetOf(person: string, name: string, unit: string, unitName: string): SheetOf {
    const known = sheets.find((sheet) => sheet.doctor === person && sheet.unit === unit)
    if (known) return known
    const sheet = { doctor: person, unit, title: `${name}, ${unitName}`, appointments: [], returned: [] }
    sheets.push(sheet)
    return sheet
  }
  for (const one of appointments)
    sheetOf(one.doctor.person, one.doctor.name, one.unit, one.unitName).appointments.push(one)
  for (const { person, name, unit, unitName, times } of returned)
    sheetOf(person, name, unit, unitName).returned.push(...times)
  return sheets
}

function Sheet({ sheet }: { sheet: SheetOf }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const times = sheet.returned.map(({ start, end }) => clockRange(start, end, language)).join(', ')
  return (
    <section className="stack print-sheet">
      <h2>{sheet.title}</h2>
      {sheet.appointments.length > 0 && <Table sheet={sheet} />}
      {times && <p>{t('printDay.returned', { times })}</p>}
    </section>
  )
}

function Table({ sheet }: { sheet: SheetOf }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const modeName = useModeName()
  const seatName = useSeatName()
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard */}
      <section className="table-frame" tabIndex={0} aria-label={sheet.title}>
        <table className="table print-table">
          <thead>
            <tr>
              <th scope="col">{t('printDay.time')}</th>
              <th scope="col">{t('scheduling.reference')}</th>
              <th scope="col">{t('scheduling.mode')}</th>
              <th scope="col">{t('printDay.room')}</th>
              <th scope="col">{t('scheduling.participants')}</th>
              <th scope="col">{t('printDay.came')}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.appointments.map((one) => (
              <tr key={one.id}>
                <th scope="row" className="nowrap">
                  {clockRange(one.start, one.end, language)}
                </th>
                <td>{one.reference}</td>
                <td>{modeName(one.mode)}</td>
                <td>
                  {one.participants
                    .filter(({ role }) => role === 'room')
                    .map(({ name }) => name)
                    .join(', ') || '–'}
                </td>
                <td>
                  {one.participants
                    .filter(({ role }) => role !== 'room')
                    .map(({ role }) => seatName(role))
                    .join(', ')}
                </td>
                <td>
                  <span className="print-box" role="img" aria-label={t('printDay.box')} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
