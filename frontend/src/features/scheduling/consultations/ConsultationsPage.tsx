import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { useMe } from '../../../shared/session/me'
import { hasRole } from '../../../shared/session/roles'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { consultationsQuery } from './api'
import { ConsultationLine } from './ConsultationLine'
import { RepliesSection } from './Replies'
import { WaitingConsultations } from './WaitingConsultations'
import './consultations.css'

/** What the reader has asked doctors in writing, and what is theirs to answer. */
export function ConsultationsPage() {
  const { t } = useTranslation()
  const me = useMe()
  const asks = hasRole(me, 'coordinator')
  return (
    <Page
      title={t('consultations.title')}
      lead={t(asks ? 'consultations.lead' : 'consultations.leadDoctor')}
      aside={
        asks && (
          <Link to="/consultations/new" className="button-link">
            {t('consultations.new')}
          </Link>
        )
      }
    >
      <div className="stack-wide">
        {hasRole(me, 'doctor') && <WaitingConsultations />}
        {asks && <Asked />}
        <RepliesSection />
      </div>
    </Page>
  )
}

function Asked() {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const query = useQuery(consultationsQuery(over))
  return (
    <section className="stack" aria-labelledby="asked">
      <h2 id="asked">{t('consultations.asked')}</h2>
      <Loaded query={query}>
        {({ asked }) =>
          asked.length === 0 ? (
            <Empty title={t('consultations.noneAsked')}>
              <p>{t('consultations.noneAskedHelp')}</p>
            </Empty>
          ) : (
            <ul className="plain-list stack-small">
              {asked.map((one) => (
                <li key={one.id}>
                  <ConsultationLine consultation={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <div>
        <Button variant="secondaryNoBorder" aria-pressed={over} onClick={() => setOver(!over)}>
          {t(over ? 'consultations.hideOver' : 'consultations.showOver')}
        </Button>
      </div>
    </section>
  )
}
