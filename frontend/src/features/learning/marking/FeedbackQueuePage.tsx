import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { WhoseField } from '../../../shared/ui/WhoseField'
import type { Whose } from '../../../shared/ui/whose'
import { type Queue, type Queued, queueQuery } from './api'
import { pageOf } from './pages'
import './marking.css'

const route = getRouteApi('/in/feedback-queue')

export function FeedbackQueuePage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery({ ...queueQuery(language, route.useSearch()), refetchInterval: 60_000 })
  return (
    <Page title={t('marking.title')} lead={t('marking.lead')}>
      <Loaded query={query}>{(queue) => <Entries queue={queue} />}</Loaded>
    </Page>
  )
}

function Entries({ queue }: { queue: Queue }) {
  const { t } = useTranslation()
  const { cohort = '', module = '' } = route.useSearch()
  const navigate = useNavigate()
  const turn = (whose: Whose) =>
    void navigate({ to: '/feedback-queue', search: (old) => ({ ...old, whose }), replace: true })
  if (queue.total === 0 && queue.others === 0) return <Empty title={t('marking.none')} />
  if (queue.total === 0)
    return (
      <Empty title={t('whose.noneOfMine')}>
        <p>{t('whose.others', { count: queue.others })}</p>
        <Button variant="secondary" onClick={() => turn('all')}>
          {t('whose.showAll')}
        </Button>
      </Empty>
    )
  return (
    <>
      <div className="queue-filters">
        {queue.grouped && <WhoseField whose={queue.narrowed ? 'mine' : 'all'} onWhose={turn} />}
        <Filter name="cohort" value={cohort} choices={queue.cohorts} />
        <Filter name="module" value={module} choices={queue.modules} />
      </div>
      <p role="status">
        {t('marking.waits', { count: queue.entries.length })}
        {queue.others > 0 && ` · ${t('whose.others', { count: queue.others })}`}
      </p>
      {queue.entries.length === 0 ? (
        <Empty title={t('marking.noneHere')} />
      ) : (
        <ol className="plain-list queue">
          {queue.entries.map((entry) => (
            <li key={`${entry.submission} ${entry.what}`}>
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

const ALL = 'all'

function Filter({
  name,
  value,
  choices,
}: {
  name: 'cohort' | 'module'
  value: string
  choices: Queue['cohorts']
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Dropdown
      labelText={t(`marking.${name}`)}
      fullWidth
      value={value || ALL}
      onChange={(chosen: string) =>
        void navigate({
          to: '/feedback-queue',
          search: (old) => ({ ...old, [name]: chosen === ALL ? undefined : chosen }),
          replace: true,
        })
      }
    >
      {[
        <DropdownItem key={ALL} value={ALL}>
          {t(name === 'cohort' ? 'marking.allCohorts' : 'marking.allModules')}
        </DropdownItem>,
        ...choices.map((choice) => (
          <DropdownItem key={choice.id} value={choice.id}>
            {`${choice.name} (${choice.count})`}
          </DropdownItem>
        )),
      ]}
    </Dropdown>
  )
}

function Entry({ entry }: { entry: Queued }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const search = route.useSearch()
  return (
    <Link {...pageOf(entry, search)} className="queue-entry">
      <span className="queue-who">
        <strong>{entry.name}</strong>
        <span className="quiet">{entry.cohortName}</span>
      </span>
      <span className="queue-what">
        <span>{entry.stepTitle ? `${entry.title}: ${entry.stepTitle}` : entry.title}</span>
        <span className="quiet">
          {t(`marking.what.${entry.what}`)} · {entry.moduleTitle}
        </span>
      </span>
      <span className="queue-since">
        <span className="quiet">{t('marking.since', { at: shortMoment(entry.since, language) })}</span>
        {entry.mine ? (
          <span className="tag tag-beam">{t('marking.mine')}</span>
        ) : (
          entry.reservedBy && (
            <span className="tag">{t('marking.reservedBy', { name: entry.reservedBy })}</span>
          )
        )}
        {entry.asked && <span className="tag tag-beam">{t('marking.asked')}</span>}
      </span>
    </Link>
  )
}
