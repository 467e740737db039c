import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Empty, Notice } from '../../shared/ui/states'
import { ReissueDialog, RevokeDialog } from './RegisterDialogs'
import { type Register, type Registered, registerQuery } from './registerApi'
import './register.css'

const route = getRouteApi('/in/cohorts/$cohort/certificates')

/** The certificates of a cohort: its trainers keep them, and administrators when no trainer is there. */
export function RegisterPage() {
  const { cohort } = route.useParams()
  const query = useQuery(registerQuery(cohort))
  return (
    <LoadedPage query={query}>
      {(register) => <RegisterView cohort={cohort} register={register} />}
    </LoadedPage>
  )
}

function RegisterView({ cohort, register }: { cohort: string; register: Register }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<string>()
  const { certificates } = register
  return (
    <Page
      title={t('register.title')}
      eyebrow={`${register.courseTitle} · ${register.cohort}`}
      back={
        register.trains
          ? { to: '/cohorts/$cohort', params: { cohort }, text: t('cohorts.toCohort') }
          : { to: '/registers', text: t('register.title') }
      }
      aside={
        certificates.length > 0 && (
          <a
            className="button-link button-link-light"
            href={`/api/cohorts/${encodeURIComponent(cohort)}/certificates/file`}
            download="luotsi-certificates.csv"
          >
            {t('register.file')}
          </a>
        )
      }
    >
      {said && <Notice kind="good" live title={said} />}
      {certificates.length === 0 ? (
        <Empty title={t('register.none')}>
          <p>{t('register.noneHelp')}</p>
        </Empty>
      ) : (
        <>
          <p role="status">{t('register.count', { count: register.count })}</p>
          <ul className="plain-list register">
            {certificates.map((certificate) => (
              <li key={certificate.number}>
                <Line cohort={cohort} certificate={certificate} trains={register.trains} onSaid={setSaid} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}

function Line({
  cohort,
  certificate,
  trains,
  onSaid,
}: {
  cohort: string
  certificate: Registered
  trains: boolean
  onSaid: (text: string | undefined) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [open, setOpen] = useState<'revoke' | 'reissue'>()
  const { number, name } = certificate
  const named = { name: name || t('register.erased'), number }
  const day = (text: string | undefined) => (text ? shortDay(text, language) : '')
  const show = (dialog: 'revoke' | 'reissue') => {
    onSaid(undefined)
    setOpen(dialog)
  }
  const dialog = {
    cohort,
    certificate,
    onClose: () => setOpen(undefined),
    onDone: (issued: string) => {
      setOpen(undefined)
      onSaid(
        open === 'reissue' ? t('register.reissued', { number: issued }) : t('register.revokedNow', named),
      )
    },
  }
  return (
    <div className="register-line">
      <div className="register-what">
        <p className="register-who">
          {trains && name ? (
            <Link to="/cohorts/$cohort/learners/$person" params={{ cohort, person: certificate.person }}>
              {name}
            </Link>
          ) : (
            <strong>{named.name}</strong>
          )}{' '}
          {certificate.revoked ? (
            <span className="tag tag-bad">{t('register.revoked')}</span>
          ) : (
            <span className="tag tag-good">✓ {t('register.good')}</span>
          )}
        </p>
        <p>
          <Link to="/check/$number" params={{ number }} className="register-number">
            {number}
          </Link>
        </p>
        <p className="quiet">
          {[
            day(certificate.day),
            certificate.credits > 0
              ? t('register.credits', { credits: certificate.credits, hours: certificate.hours })
              : t('register.hours', { hours: certificate.hours }),
          ].join(' · ')}
        </p>
        {certificate.revoked && certificate.why && (
          <p className="quiet">
            {t('register.revokedOn', {
              day: day(certificate.revoked),
              why: t(`register.reasons.${certificate.why}`),
            })}
          </p>
        )}
        {certificate.follower && (
          <p className="quiet">{t('register.follower', { number: certificate.follower })}</p>
        )}
      </div>
      {!certificate.revoked && (
        <Button
          variant="secondaryNoBorder"
          onClick={() => show('revoke')}
          aria-label={t('register.revokeNamed', named)}
        >
          {t('register.revoke')}
        </Button>
      )}
      {certificate.again && (
        <Button
          variant="secondary"
          onClick={() => show('reissue')}
          aria-label={t('register.reissueNamed', named)}
        >
          {t('register.reissue')}
        </Button>
      )}
      {open === 'revoke' && <RevokeDialog {...dialog} />}
      {open === 'reissue' && <ReissueDialog {...dialog} />}
    </div>
  )
}
