import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { dayOf, shortDay, shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { isLanguage, LANGUAGE_NAMES } from '../../shared/i18n/languages'
import { useMe } from '../../shared/session/me'
import { isRole } from '../../shared/session/roles'
import { unitsQuery } from '../../shared/session/units'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded, Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import {
  accessQuery,
  type GrantWish,
  type Person,
  personQuery,
  useInviteAgain,
  useReactivate,
  useSetGrants,
} from './api'
import { DeactivateDialog, EraseDialog } from './dialogs'
import { GrantsField } from './GrantsField'
import { StateTag } from './StateTag'
import './people.css'

const route = getRouteApi('/in/people/$person')

export function PersonPage({ more }: { more: (person: Person) => ReactNode }) {
  const { person } = route.useParams()
  const query = useQuery(personQuery(person))
  return (
    <LoadedPage query={query}>
      {(data) => <PersonView key={data.id} person={data} more={more(data)} />}
    </LoadedPage>
  )
}

function PersonView({ person, more }: { person: Person; more: ReactNode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Page
      title={person.name}
      width="text"
      back={{ to: '/people', text: t('nav.people') }}
      aside={<StateTag state={person.state} />}
    >
      <dl className="facts card">
        <dt>{t('signIn.email')}</dt>
        <dd>{person.email}</dd>
        <dt>{t('common.language')}</dt>
        <dd>{isLanguage(person.language) ? LANGUAGE_NAMES[person.language] : person.language}</dd>
        <dt>{t('cohorts.lastSeen')}</dt>
        <dd>{person.lastSeen ? shortMoment(person.lastSeen, language) : t('cohorts.never')}</dd>
        {person.state === 'invited' && person.invitationExpires && (
          <>
            <dt>{t('people.invitationExpires')}</dt>
            <dd>{shortDay(dayOf(person.invitationExpires), language)}</dd>
          </>
        )}
      </dl>
      {person.state === 'invited' && <InvitedActions person={person} />}
      <Grants person={person} />
      {more}
      <AccessLog person={person} />
      <Endings person={person} />
    </Page>
  )
}

function InvitedActions({ person }: { person: Person }) {
  const { t } = useTranslation()
  const again = useInviteAgain(person.id)
  return (
    <div className="stack">
      <WriteNotice write={again} />
      {again.output ? (
        <Notice kind="good" live title={t('people.invitedAgain')} />
      ) : (
        <div>
          <Button variant="secondary" aria-disabled={again.busy} onClick={() => again.start(undefined)}>
            {t('people.inviteAgain')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Grants({ person }: { person: Person }) {
  const { t } = useTranslation()
  const units = useQuery(unitsQuery)
  const [grants, setGrants] = useState<GrantWish[]>(() =>
    person.grants.flatMap(({ role, unit }) => (isRole(role) ? [{ role, unit }] : [])),
  )
  const [saved, setSaved] = useState(false)
  const save = useSetGrants(person.id, () => setSaved(true))
  return (
    <section className="stack" aria-labelledby="grants">
      <h2 id="grants">{t('account.roles')}</h2>
      <Loaded query={units}>
        {(data) => (
          <form
            className="stack card"
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              save.start(grants)
            }}
          >
            <GrantsField
              units={data.units}
              grants={grants}
              onChange={(changed) => {
                setGrants(changed)
                setSaved(false)
              }}
            />
            <WriteNotice write={save} />
            {saved && <Notice kind="good" live title={t('common.saved')} />}
            <div>
              <Button type="submit" aria-disabled={save.busy}>
                {t('common.save')}
              </Button>
            </div>
          </form>
        )}
      </Loaded>
    </section>
  )
}

function AccessLog({ person }: { person: Person }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <section className="stack" aria-labelledby="access">
      <h2 id="access">{t('people.access')}</h2>
      {open ? (
        <AccessEntries person={person.id} />
      ) : (
        <div>
          <Button variant="secondary" onClick={() => setOpen(true)}>
            {t('people.showAccess')}
          </Button>
        </div>
      )}
    </section>
  )
}

const LOOKS = [
  'course_progress',
  'course_decisions',
  'task_submission',
  'group_file',
  'attendance_file',
  'certificate_file',
] as const

function AccessEntries({ person }: { person: string }) {
  const { t } = useTranslation()
  // The log says what was looked at as a code, and after a colon which one.
  const lookedAt = (what: string) => {
    const known = LOOKS.find((look) => what.startsWith(`${look}:`))
    return known ? t(`people.looked.${known}`) : what
  }
  const language = useLanguage()
  const query = useQuery(accessQuery(person))
  return (
    <Loaded query={query}>
      {({ entries }) =>
        entries.length === 0 ? (
          <Empty title={t('people.noAccess')} />
        ) : (
          <ul className="plain-list access-list card">
            {entries.map((entry) => (
              <li key={`${entry.at} ${entry.by} ${entry.what}`}>
                <time dateTime={entry.at}>{shortMoment(entry.at, language)}</time> {entry.byName}{' '}
                <span className="quiet">{lookedAt(entry.what)}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function Endings({ person }: { person: Person }) {
  const { t } = useTranslation()
  const me = useMe()
  const [dialog, setDialog] = useState<'deactivate' | 'erase'>()
  const reactivate = useReactivate(person.id)
  if (person.id === me.id) return null
  return (
    <section className="stack" aria-labelledby="endings">
      <h2 id="endings">{t('people.endings')}</h2>
      <WriteNotice write={reactivate} />
      <div className="row">
        {person.state === 'deactivated' ? (
          <Button
            variant="secondary"
            aria-disabled={reactivate.busy}
            onClick={() => reactivate.start(undefined)}
          >
            {t('people.reactivate')}
          </Button>
        ) : (
          <Button variant="secondary" onClick={() => setDialog('deactivate')}>
            {t('people.deactivate')}
          </Button>
        )}
        <Button variant="secondary" onClick={() => setDialog('erase')}>
          {t('people.erase')}
        </Button>
      </div>
      {dialog === 'deactivate' && <DeactivateDialog person={person} onClose={() => setDialog(undefined)} />}
      {dialog === 'erase' && <EraseDialog person={person} onClose={() => setDialog(undefined)} />}
    </section>
  )
}
