import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { useModeName } from '../names'
import { When } from '../When'
import { type Offer, useAccept, useDecline, type WaitingRequest } from './api'
import { leftUntil, useNow } from './left'
import { useLeftText } from './names'

/** The time that serves a request: to be answered, with the doctor, or booked. */
export function OfferCard({ request }: { request: WaitingRequest }) {
  const { t } = useTranslation()
  const modeName = useModeName()
  const { offer } = request
  if (!offer) return null
  return (
    <div className="offer">
      <p className="offer-when">
        <When slot={offer} />
      </p>
      <p>
        {offer.doctor.name} · {request.unitName} · {modeName(request.mode)}
      </p>
      {request.mine && offer.state === 'offered' ? (
        <Answer offer={offer} />
      ) : (
        <p>
          {offer.state === 'asked' && <>{t('waiting.doctorAsked')} </>}
          {offer.state === 'offered' ? (
            <span className="quiet">{t('waiting.ownerAnswers')}</span>
          ) : (
            <Link to="/appointments/$appointment" params={{ appointment: offer.appointment }}>
              {t('waiting.toAppointment')}
            </Link>
          )}
        </p>
      )}
    </div>
  )
}

function Answer({ offer }: { offer: Offer }) {
  const { t } = useTranslation()
  const [declining, setDeclining] = useState(false)
  const navigate = useNavigate()
  const accept = useAccept(offer.appointment, ({ id }) =>
    navigate({ to: '/appointments/$appointment/booked', params: { appointment: id } }),
  )
  const decline = useDecline(offer.appointment, () => setDeclining(false))
  return (
    <>
      {offer.until && <Countdown until={offer.until} />}
      <WriteNotice write={accept} />
      <div className="row offer-answers">
        <Button aria-disabled={accept.busy} onClick={() => accept.start(undefined)}>
          {t('waiting.accept')}
        </Button>
        <Button variant="secondary" onClick={() => setDeclining(true)}>
          {t('waiting.decline')}
        </Button>
      </div>
      {declining && (
        <ConfirmDialog
          title={t('waiting.declineTitle')}
          text={t('waiting.declineText')}
          confirm={t('waiting.declineConfirm')}
          write={decline}
          onConfirm={() => decline.start(undefined)}
          onClose={() => setDeclining(false)}
        />
      )}
    </>
  )
}

/** Until when to answer, and how long that is from now; when it has passed, the page asks what became of it. */
function Countdown({ until }: { until: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const leftText = useLeftText()
  const queries = useQueryClient()
  const left = leftUntil(until, useNow(1000))
  const over = left === undefined
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ['requests'] })
  }, [over, queries])
  return (
    <p className="offer-until">
      {t('waiting.answerBy', { at: shortMoment(until, language) })}{' '}
      <strong className="nowrap">
        {left ? t('waiting.left', { left: leftText(left) }) : t('waiting.over')}
      </strong>
    </p>
  )
}
