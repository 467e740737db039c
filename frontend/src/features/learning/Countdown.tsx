import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../shared/http/serverClock'

/** When the time left is said aloud, in minutes: often enough to plan, seldom enough to think. */
const TOLD_AT = [10, 5, 1]

/** The time left, by the server's clock, however long the page slept. onEnd is called once, when it is over. */
export function Countdown({ ends, onEnd }: { ends: string; onEnd: () => void }) {
  const { t } = useTranslation()
  const end = Date.parse(ends)
  const [left, setLeft] = useState(() => Math.max(0, end - serverNow()))
  const over = left === 0

  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, end - serverNow())), 500)
    return () => clearInterval(timer)
  }, [end])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it ends once, whatever onEnd is by then
  useEffect(() => {
    if (over) onEnd()
  }, [over])

  const seconds = Math.ceil(left / 1000)
  const told = TOLD_AT.find((minutes) => seconds <= minutes * 60 && seconds > minutes * 60 - 20)
  return (
    <div className={seconds <= 60 ? 'countdown countdown-short' : 'countdown'}>
      <span className="countdown-label">{over ? t('quiz.timeOver') : t('quiz.timeLeft')}</span>
      <span className="countdown-time" role="timer" aria-live="off">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </span>
      <span className="visually-hidden" role="status">
        {over ? t('quiz.timeOver') : told !== undefined && t('quiz.minutesLeft', { count: told })}
      </span>
    </div>
  )
}
