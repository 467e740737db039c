import { queryOptions, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { longDay } from '../../shared/dates/dates'
import { api, type Reply, unwrap } from '../../shared/http/client'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Language } from '../../shared/i18n/languages'
import { LoadedPage } from '../../shared/ui/LoadedPage'
import { Page } from '../../shared/ui/Page'
import { Notice } from '../../shared/ui/states'

type Certificate = Reply<'/api/certificates/{number}', 'get'>

const route = getRouteApi('/in/certificates/$number')

const certificateQuery = (number: string, language: Language) =>
  queryOptions({
    queryKey: ['certificate', number, language],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/certificates/{number}', { params: { path: { number } }, signal })),
  })

export function CertificatePage() {
  const { number } = route.useParams()
  const query = useQuery(certificateQuery(number, useLanguage()))
  return <LoadedPage query={query}>{(data) => <CertificateView certificate={data} />}</LoadedPage>
}

/** The same as on paper, for everybody who reads otherwise. */
function CertificateView({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const file = `/api/certificates/${encodeURIComponent(certificate.number)}`
  return (
    <Page
      title={t('certificate.title')}
      lead={t('certificate.finished', { name: certificate.name, title: certificate.title })}
      back={{ to: '/learning', text: t('learning.title') }}
      width="text"
    >
      {certificate.revoked && (
        <Notice
          kind="bad"
          title={t('certificate.revoked', { day: longDay(certificate.revoked, language, true) })}
        />
      )}
      <div className="row">
        <a className="button-link" href={`${file}/pdf`} download={`${certificate.number}.pdf`}>
          {t('certificate.pdf')}
        </a>
        {certificate.badge && (
          <a
            className="button-link button-link-light"
            href={`${file}/badge`}
            download={`${certificate.number}.jwt`}
          >
            {t('certificate.badge')}
          </a>
        )}
      </div>
      <section className="stack" aria-labelledby="what">
        <h2 id="what">{t('certificate.parts')}</h2>
        <p>
          {certificate.credits > 0
            ? t('certificate.worthCredits', { credits: certificate.credits, hours: certificate.hours })
            : t('certificate.worth', { hours: certificate.hours })}
        </p>
        <ul>
          {certificate.modules.map((module) => (
            <li key={module.title}>
              <span lang={certificate.language}>{module.title}</span>, {module.hours} h
              {module.credit && ` (${t(`certificate.kinds.${module.credit}`)})`}
            </li>
          ))}
        </ul>
        {certificate.daysAsked > 0 && (
          <p>{t('certificate.contactDays', { days: certificate.days, asked: certificate.daysAsked })}</p>
        )}
        {certificate.developed && <p>{t('certificate.developed')}</p>}
      </section>
      <section className="stack" aria-labelledby="who">
        <h2 id="who">{t('certificate.issued')}</h2>
        <p>
          {certificate.organisation}, {longDay(certificate.day, language, true)}
        </p>
        <p>{t('certificate.number', { number: certificate.number })}</p>
        <p>
          {t('certificate.checkAt')} <a href={certificate.address}>{certificate.address}</a>
        </p>
      </section>
    </Page>
  )
}
