import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { unitsQuery } from '../../shared/session/units'
import { Page } from '../../shared/ui/Page'
import { Empty, Loaded, Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { creditsQuery, registersQuery, useAllowCredits } from './registerApi'
import './register.css'

/** What an administrator decides about certificates, and where those that were issued are. */
export function RegistersPage() {
  const { t } = useTranslation()
  const units = useQuery(unitsQuery)
  return (
    <Page title={t('register.title')} width="text" back={{ to: '/units', text: t('nav.units') }}>
      <Loaded query={units}>
        {(data) => {
          const own = data.units.find((unit) => unit.own)
          return own ? (
            <>
              <Credits org={own.org} />
              <Registers org={own.org} />
            </>
          ) : (
            <Empty title={t('units.none')} />
          )
        }}
      </Loaded>
    </Page>
  )
}

function Credits({ org }: { org: string }) {
  const { t } = useTranslation()
  const query = useQuery(creditsQuery(org))
  const allow = useAllowCredits(org)
  return (
    <section className="card stack" aria-labelledby="ects">
      <h2 id="ects">{t('register.ects')}</h2>
      <p>{t('register.ectsHelp')}</p>
      <Loaded query={query}>
        {({ ects }) => (
          <>
            <p role="status">
              <strong>{ects ? t('register.ectsOn') : t('register.ectsOff')}</strong>
            </p>
            <div>
              <Button variant="secondary" aria-disabled={allow.busy} onClick={() => allow.start(!ects)}>
                {ects ? t('register.forbid') : t('register.allow')}
              </Button>
            </div>
            {allow.output !== undefined && allow.problem === undefined && (
              <Notice kind="good" live title={t('register.ectsSaved')} />
            )}
            <WriteNotice write={allow} />
          </>
        )}
      </Loaded>
    </section>
  )
}

function Registers({ org }: { org: string }) {
  const { t } = useTranslation()
  const query = useQuery(registersQuery(org))
  return (
    <section className="stack" aria-labelledby="registers">
      <h2 id="registers">{t('register.byCohort')}</h2>
      <Loaded query={query}>
        {({ cohorts }) =>
          cohorts.length === 0 ? (
            <p className="quiet">{t('register.noneHelp')}</p>
          ) : (
            <ul className="plain-list register">
              {cohorts.map((cohort) => (
                <li key={cohort.cohort} className="register-line">
                  <span className="register-what">
                    <Link to="/cohorts/$cohort/certificates" params={{ cohort: cohort.cohort }}>
                      {cohort.name}
                    </Link>
                    <span className="quiet">{cohort.unit}</span>
                  </span>
                  <span>
                    {[
                      t('register.count', { count: cohort.good }),
                      cohort.revoked > 0 && t('register.revokedCount', { count: cohort.revoked }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
