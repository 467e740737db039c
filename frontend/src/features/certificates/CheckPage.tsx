import { queryOptions, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { longDay } from '../../shared/dates/dates'
import { api, unwrap } from '../../shared/http/client'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { Loaded, Notice } from '../../shared/ui/states'

const route = getRouteApi('/check/$number')

const checkQuery = (number: string) =>
  queryOptions({
    queryKey: ['check', number],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/checks/{number}', { params: { path: { number } }, signal })),
    staleTime: 0,
  })

/** Whether a certificate is good, for whoever has its number; nothing else is told. */
export function CheckPage() {
  const { number } = route.useParams()
  const { t } = useTranslation()
  const language = useLanguage()
  const check = useQuery(checkQuery(number))
  return (
    <Page title={t('certificate.checkTitle')} eyebrow={number} width="text">
      <Loaded query={check}>
        {({ state, revoked }) =>
          state === 'valid' ? (
            <Notice kind="good" title={t('certificate.valid')} live />
          ) : state === 'revoked' ? (
            <Notice
              kind="bad"
              title={t('certificate.revoked', { day: revoked ? longDay(revoked, language, true) : '' })}
              live
            />
          ) : (
            <Notice kind="info" title={t('certificate.unknown')} live>
              <p>{t('certificate.unknownHelp')}</p>
            </Notice>
          )
        }
      </Loaded>
      <p className="quiet">{t('certificate.checkHelp')}</p>
    </Page>
  )
}
