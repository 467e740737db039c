import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import type { Problem } from '../../../shared/http/problem'
import { useProblemText } from '../../../shared/http/useProblemText'
import type { Slot } from '../api'
import { QuotaUsed } from '../QuotaUsed'
import { When } from '../When'
import { takenOf } from './api'
import { Sheet } from './Sheet'

type Props = { problem: Problem; onChoose: (slot: Slot) => void; onRetry: () => void; onClose: () => void }

/** Why a tapped time could not be kept, in words, with the next that suit everybody. */
export function RefusedSheet({ problem, onChoose, onRetry, onClose }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const taken = takenOf(problem)
  const names = taken?.taken.map((one) => one.name).join(', ') ?? ''
  const gone = problem.code === 'time_taken'
  return (
    <Sheet title={gone ? t('booking.takenTitle') : t('booking.refusedTitle')} about={problem.code}>
      <p role="alert">
        {gone
          ? names === ''
            ? t('booking.takenText')
            : t('booking.takenBy', { names })
          : problem.code === 'too_many_holds'
            ? t('booking.tooManyText')
            : problemText(problem)}
      </p>
      <QuotaUsed problem={problem} />
      {taken && taken.next.length > 0 && (
        <>
          <h3>{t('booking.nextTimes')}</h3>
          <ul className="plain-list stack-small">
            {taken.next.map((slot) => (
              <li key={slot.start}>
                <button type="button" className="time time-long" onClick={() => onChoose(slot)}>
                  <When slot={slot} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="sheet-actions">
        {problem.temporary && (
          <Button className="sheet-main" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        )}
        <Button variant="secondary" onClick={onClose}>
          {taken ? t('booking.otherTimes') : t('booking.close')}
        </Button>
      </div>
    </Sheet>
  )
}
