import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Loaded } from '../../shared/ui/states'
import { WrittenText } from './WrittenText'
import { readSharedQuery, type Shared, sharedQuery } from './writings'

/** What people of the cohort share with it. Nothing stands there as long as nobody does. */
export function SharedSection({ course }: { course: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery(sharedQuery(course, language))
  if (!query.data || query.data.shared.length === 0) return null
  return (
    <section className="stack" aria-labelledby="shared">
      <h2 id="shared">{t('sharing.shared')}</h2>
      <p className="quiet">{t('sharing.sharedHelp')}</p>
      <ul className="plain-list stack">
        {query.data.shared.map((one) => (
          <li key={`${one.person} ${one.activity}`}>
            <SharedLine course={course} shared={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function SharedLine({ course, shared }: { course: string; shared: Shared }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const name = shared.mine ? `${shared.name} (${t('sharing.mine')})` : shared.name
  return (
    <div className="card stack">
      <p>
        <strong>{shared.title}</strong> · {name} · {shortMoment(shared.at, language)}
      </p>
      {open ? (
        <SharedText course={course} shared={shared} />
      ) : (
        <div>
          <Button
            variant="secondary"
            aria-label={t('sharing.openTitle', { title: shared.title, name })}
            onClick={() => setOpen(true)}
          >
            {t('sharing.open')}
          </Button>
        </div>
      )}
    </div>
  )
}

function SharedText({ course, shared }: { course: string; shared: Shared }) {
  const query = useQuery(readSharedQuery(course, shared.person, shared.activity))
  return <Loaded query={query}>{(written) => <WrittenText written={written} />}</Loaded>
}
