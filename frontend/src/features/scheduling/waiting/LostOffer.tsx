import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Notice } from '../../../shared/ui/states'
import { useShortWhen } from '../today/words'
import type { Step, WaitingRequest } from './api'

const LOST = ['expired', 'declined', 'doctor_declined'] as const
type Lost = { how: (typeof LOST)[number]; at: string; offer: Step }

/** The offer that came to nothing last, while nothing else has happened to the request since. */
export function lostOffer({ state, steps = [] }: Pick<WaitingRequest, 'state' | 'steps'>): Lost | undefined {
  const last = steps.at(-1)
  const how = LOST.find((one) => one === last?.kind)
  const offer = steps.findLast((step) => step.kind === 'offered' && step.start !== undefined)
  if (state !== 'waiting' || last === undefined || how === undefined || offer === undefined) return undefined
  return { how, at: last.at, offer }
}

/** Who comes too late for an offer reads what became of it, and that the request still waits. */
export function LostOffer({ request }: { request: WaitingRequest }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const shortWhen = useShortWhen()
  const lost = lostOffer(request)
  if (lost?.offer.start === undefined) return null
  return (
    <Notice
      kind="warning"
      title={t(`waiting.lost.${lost.how}`, {
        when: shortWhen({ start: lost.offer.start }),
        at: shortMoment(lost.at, language),
      })}
    >
      <p>{t('waiting.lost.goesOn')}</p>
    </Notice>
  )
}
