import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../shared/session/me'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Loaded } from '../../../shared/ui/states'
import { doctorsQuery } from '../api'
import { requestQuery, useChangeRequest, type WaitingRequest } from './api'
import { beginningOf, RequestForm } from './RequestForm'
import '../scheduling.css'
import './waiting.css'

/** A waiting request asks for something else; its place in the line stays. */
export function ChangeRequestPage() {
  const { request } = useParams({ strict: false }) as { request: string }
  // What is being written must not change under the hand.
  const query = useQuery({ ...requestQuery(request), refetchInterval: false, refetchOnWindowFocus: false })
  return <LoadedPage query={query}>{(data) => <Change request={data} />}</LoadedPage>
}

function Change({ request }: { request: WaitingRequest }) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const doctors = useQuery(doctorsQuery)
  const change = useChangeRequest(request.id, () =>
    navigate({ to: '/waiting/$request', params: { request: request.id } }),
  )
  return (
    <Page
      title={t('waiting.changeTitle', { reference: request.reference })}
      lead={t('waiting.changeLead')}
      back={{
        to: '/waiting/$request',
        params: { request: request.id },
        text: t('waiting.reference', { reference: request.reference }),
      }}
      width="text"
    >
      <Loaded query={doctors}>
        {(data) => (
          <RequestForm
            doctors={data.doctors.filter((one) => one.unit === request.unit)}
            unit={request.unit}
            beginning={beginningOf(request, me.id)}
            write={change}
            send={t('common.save')}
            keptDoctor={request.doctor?.person}
            onSend={change.start}
          />
        )}
      </Loaded>
    </Page>
  )
}
