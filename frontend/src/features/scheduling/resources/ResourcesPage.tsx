import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Dialog } from '../../../shared/ui/Dialog'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type KeptResource, type Resource, resourceQuery, resourcesQuery, useRetireResource } from './api'
import { useByLanguageName, useLanguageName } from './languages'
import { ResourceForm } from './ResourceForm'
import { useKeptUnits } from './useKeptUnits'
import './resources.css'

/** The rooms and interpreters of the units that a scheduler or an administrator looks after. */
export function ResourcesPage() {
  const { t } = useTranslation()
  const query = useQuery(resourcesQuery)
  return (
    <Page title={t('nav.resources')} lead={t('resources.lead')}>
      <Loaded query={query}>
        {({ resources }) => {
          const mine = resources.filter((one) => one.mine)
          return (
            <>
              <Kind kind="room" resources={mine.filter((one) => one.kind === 'room')} />
              <Kind kind="interpreter" resources={mine.filter((one) => one.kind === 'interpreter')} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Kind({ kind, resources }: { kind: 'room' | 'interpreter'; resources: Resource[] }) {
  const { t } = useTranslation()
  const units = useKeptUnits()
  const [adding, setAdding] = useState(false)
  return (
    <section className="stack" aria-labelledby={kind}>
      <div className="row row-between">
        <h2 id={kind}>{t(`resources.kinds.${kind}`)}</h2>
        {!adding && units.length > 0 && (
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t(`resources.add.${kind}`)}
          </Button>
        )}
      </div>
      {adding && <ResourceForm kind={kind} units={units} onClose={() => setAdding(false)} />}
      {resources.length === 0 ? (
        !adding && (
          <Empty title={t(`resources.none.${kind}`)}>
            <p>{t(`resources.noneHelp.${kind}`)}</p>
          </Empty>
        )
      ) : (
        <ul className="plain-list resource-list">
          {resources.map((one) => (
            <li key={one.id}>
              <Line resource={one} severalUnits={units.length > 1} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Line({ resource, severalUnits }: { resource: Resource; severalUnits: boolean }) {
  const { t } = useTranslation()
  const languageName = useLanguageName()
  const inOrder = useByLanguageName()
  const [open, setOpen] = useState<'change' | 'retire'>()
  const close = () => setOpen(undefined)
  const room = resource.kind === 'room'
  if (open === 'change') return <Change resource={resource} onClose={close} />
  return (
    <div className="resource">
      <span className="resource-name">
        <strong>{resource.name}</strong>
        {severalUnits && <span className="quiet">{resource.unitName}</span>}
        {!room && <span>{inOrder(resource.languages).map(languageName).join(', ')}</span>}
      </span>
      <span className="quiet">
        {resource.rules > 0
          ? t('hours.rules', { count: resource.rules })
          : t(room ? 'resources.alwaysOpen' : 'resources.officeHours')}
      </span>
      <span className="row resource-actions">
        <Link
          to="/resources/$resource/hours"
          params={{ resource: resource.id }}
          aria-label={t('resources.hoursOf', { name: resource.name })}
        >
          {t('resources.hours')}
        </Link>
        <Button
          variant="secondaryNoBorder"
          onClick={() => setOpen('change')}
          aria-label={t('resources.changeNamed', { name: resource.name })}
        >
          {t('resources.change')}
        </Button>
        <Button
          variant="secondaryNoBorder"
          onClick={() => setOpen('retire')}
          aria-label={t('resources.retireNamed', { name: resource.name })}
        >
          {t('resources.retire')}
        </Button>
      </span>
      {open === 'retire' && <Retire resource={resource} onClose={close} />}
    </div>
  )
}

/** An interpreter's address comes only to who changes it. */
function Change({ resource, onClose }: { resource: Resource; onClose: () => void }) {
  const query = useQuery({ ...resourceQuery(resource.id), staleTime: 0 })
  const units = useKeptUnits()
  return (
    <Loaded query={query}>
      {(kept) => (
        <ResourceForm
          kind={resource.kind === 'room' ? 'room' : 'interpreter'}
          units={units}
          resource={kept}
          onClose={onClose}
        />
      )}
    </Loaded>
  )
}

function Retire({ resource, onClose }: { resource: Resource; onClose: () => void }) {
  const { t } = useTranslation()
  const query = useQuery({ ...resourceQuery(resource.id), staleTime: 0 })
  const retire = useRetireResource(resource.id, onClose)
  return (
    <Dialog
      title={t('resources.retireTitle', { name: resource.name })}
      onClose={onClose}
      actions={
        <>
          <Button aria-disabled={retire.busy} onClick={() => retire.start(undefined)}>
            {t('resources.retire')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <p>{t(resource.kind === 'room' ? 'resources.retireRoom' : 'resources.retireInterpreter')}</p>
      <Loaded query={query}>{(kept) => <Coming kept={kept} />}</Loaded>
      <WriteNotice write={retire} />
    </Dialog>
  )
}

function Coming({ kept }: { kept: KeptResource }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (kept.coming.length === 0) return <p>{t('resources.noComing')}</p>
  return (
    <>
      <p>{t('resources.coming', { count: kept.coming.length })}</p>
      <ul>
        {kept.coming.map((one) => (
          <li key={one.appointment}>
            {shortMoment(one.start, language)}, {t('scheduling.reference').toLowerCase()} {one.reference}
          </li>
        ))}
      </ul>
    </>
  )
}
