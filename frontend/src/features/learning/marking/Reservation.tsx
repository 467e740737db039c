import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { asProblem, type Problem } from '../../../shared/http/problem'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Failed, Notice } from '../../../shared/ui/states'
import { release, reserve } from './api'

/** How often a page that is open renews its reservation, which holds for half an hour. */
const RENEWAL = 5 * 60_000
/** How soon one that could not be asked for is asked for again: without it nothing can be written. */
const RETRY = 3_000

let last: Promise<unknown> = Promise.resolve()

/**
 * One after the other: a text that is left before its reservation came is put back when it has, and what is put back never
 * takes away what was asked for since.
 */
function inTurn(act: () => Promise<unknown>): void {
  last = last.then(act)
}

export type Reservation = {
  mine: boolean
  problem: Problem | undefined
  takeOver: () => void
  /** The feedback is given: there is nothing to put back any more. */
  done: () => void
}

/** Reserves the text while the page is open, and puts it back on leaving. */
export function useReservation({
  submission,
  marked = false,
}: {
  submission: string
  marked?: boolean
}): Reservation {
  const [mine, setMine] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const held = useRef(false)
  const again = useRef<number>(undefined)

  const ask = useRef((takeOver: boolean) =>
    inTurn(() =>
      reserve(submission, takeOver).then(
        () => {
          held.current = true
          setMine(true)
          setProblem(undefined)
        },
        (error: unknown) => {
          const refused = asProblem(error)
          // Without network one goes on writing; the reservation is tried again.
          if (refused.temporary) {
            again.current = window.setTimeout(() => ask.current(takeOver), RETRY)
            return
          }
          held.current = false
          setMine(false)
          setProblem(refused)
        },
      ),
    ),
  )

  useEffect(() => {
    if (marked) return
    ask.current(false)
    const renewal = window.setInterval(() => held.current && ask.current(false), RENEWAL)
    return () => {
      window.clearInterval(renewal)
      inTurn(async () => {
        window.clearTimeout(again.current)
        if (held.current) await release(submission)
        held.current = false
      })
    }
  }, [submission, marked])

  return {
    mine,
    problem,
    takeOver: () => ask.current(true),
    done: () => {
      held.current = false
    },
  }
}

export function ReservationNotice({
  marked = false,
  reservation,
}: {
  marked?: boolean
  reservation: Reservation
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (marked) return <Notice title={t('marking.marked')} />
  const { problem } = reservation
  if (!problem) return null
  const info = problem.info as { name?: string; until?: string; over?: boolean } | null | undefined
  if (problem.code !== 'reserved' || !info?.until) return <Failed problem={problem} />
  const words = { name: info.name || t('marking.someone'), until: shortMoment(info.until, language) }
  return (
    <Notice kind="warning" live title={info.over ? t('marking.takenOver', words) : t('marking.taken', words)}>
      {info.over && (
        <div>
          <Button variant="secondary" onClick={reservation.takeOver}>
            {t('marking.takeOver')}
          </Button>
        </div>
      )}
    </Notice>
  )
}
