import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox } from 'suomifi-ui-components'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { Dialog } from '../../../shared/ui/Dialog'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Consultation, consultationQuery, useCloseConsultation, useTurn } from './api'
import { ConsultationState } from './ConsultationLine'
import { Thread } from './Thread'

const route = getRouteApi('/in/consultations/$consultation')

/** One written consultation, for either side. */
export function ConsultationPage() {
  const { consultation } = route.useParams()
  const query = useQuery(consultationQuery(consultation))
  return <LoadedPage query={query}>{(data) => <View key={data.id} consultation={data} />}</LoadedPage>
}

function View({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'close' | 'turn'>()
  const close = useCloseConsultation(consultation.id, () => setAsking(undefined))
  return (
    <Page
      title={t('consultations.one', { reference: consultation.reference })}
      width="text"
      back={{ to: '/consultations', text: t('consultations.title') }}
      lead={
        <>
          {consultation.doctor?.name ?? t('consultations.anyDoctor')}, {consultation.unitName}
        </>
      }
    >
      <p>
        <ConsultationState consultation={consultation} />
      </p>
      {consultation.absent && consultation.doctor && (
        <p className="quiet">
          {t('standIn.questionWent', { name: consultation.absent, deputy: consultation.doctor.name })}
        </p>
      )}
      <Thread consultation={consultation} />
      {consultation.asks && (
        <div className="row">
          {!consultation.closed && (
            <>
              <Button variant="secondary" onClick={() => setAsking('turn')}>
                {t('consultations.turn')}
              </Button>
              <Button
                variant="secondary"
                onClick={() => {
                  close.reset()
                  setAsking('close')
                }}
              >
                {t('consultations.close')}
              </Button>
            </>
          )}
          <Link
            to="/cases/$case"
            params={{ case: consultation.case }}
            className="button-link button-link-light"
          >
            {t('cases.openCase', { reference: consultation.reference })}
          </Link>
        </div>
      )}
      {asking === 'turn' && <TurnDialog consultation={consultation} onClose={() => setAsking(undefined)} />}
      {asking === 'close' && (
        <ConfirmDialog
          title={t('consultations.closeTitle')}
          text={t('consultations.closeText')}
          confirm={t('consultations.close')}
          write={close}
          onConfirm={() => close.start(undefined)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Page>
  )
}

/** A joint appointment takes the place of the consultation; the question goes along, which the client has to know of. */
function TurnDialog({ consultation, onClose }: { consultation: Consultation; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [consent, setConsent] = useState(false)
  const [asked, setAsked] = useState(false)
  const turn = useTurn(consultation.id, (turned) => {
    const search = new URLSearchParams({ case: turned.case, unit: turned.unit })
    if (turned.doctor) search.set('doctor', turned.doctor.person)
    return navigate({ href: `/appointments/new?${search}` })
  })
  return (
    <Dialog
      title={t('consultations.turnTitle')}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={turn.busy}
            onClick={() => {
              setAsked(true)
              if (consent || consultation.jointConsent) turn.start(consent)
            }}
          >
            {t('consultations.turn')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('consultations.turnText')}</p>
      {!consultation.jointConsent && (
        <Checkbox
          checked={consent}
          onClick={({ checkboxState }) => setConsent(checkboxState)}
          {...(asked && !consent && { status: 'error', statusText: t('cases.consentNeeded') })}
        >
          {t('cases.consentJoint')}
        </Checkbox>
      )}
      <WriteNotice write={turn} />
    </Dialog>
  )
}
