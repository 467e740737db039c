import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { weekdayDay } from '../../../shared/dates/dates'
import { Problem } from '../../../shared/http/problem'
import { useProblemText } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Asked, placeOf, useDecline } from './api'

/** One of the measures that are asked. Whoever declines, or takes that back, has the other way in hand: also by keyboard. */
export function AskedItem({ asked, waits }: { asked: Asked; waits: boolean }) {
  const item = useRef<HTMLLIElement>(null)
  const before = useRef(waits)
  useEffect(() => {
    if (before.current !== waits) item.current?.querySelector<HTMLElement>('a, button')?.focus()
    before.current = waits
  }, [waits])
  return (
    <li ref={item} className={waits ? 'card' : 'asked-declined'}>
      <AskedCard asked={asked} waits={waits} />
    </li>
  )
}

function AskedCard({ asked, waits }: { asked: Asked; waits: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const problemText = useProblemText()
  const decline = useDecline(placeOf(asked))
  const named = { title: asked.title, point: t(`answering.points.${asked.point}`) }
  if (!waits)
    return (
      <div className="row row-between">
        <p>
          <strong>{asked.title}</strong>
          <br />
          <span className="quiet">{t('answering.declined')}</span>
        </p>
        <Button
          variant="secondaryNoBorder"
          aria-label={t('answering.undoOf', named)}
          aria-disabled={decline.busy}
          onClick={() => decline.start(false)}
        >
          {t('answering.undo')}
        </Button>
        <WriteNotice write={decline} />
      </div>
    )
  return (
    <div className="stack">
      <div>
        <p className="eyebrow">{named.point}</p>
        <h3>
          {asked.title} {asked.label !== '' && <span className="tag">{asked.label}</span>}
        </h3>
        <p className="quiet">
          {[
            t('answering.questions', { count: asked.questions }),
            t('answering.minutes', { count: asked.minutes }),
            t('answering.until', { day: weekdayDay(asked.closes, language) }),
          ].join(' · ')}
        </p>
        <p className="quiet">{asked.cohortName}</p>
      </div>
      {asked.problem === undefined ? (
        <div className="row">
          <Link
            to="/measures/$cohort/$instrument/$point"
            params={placeOf(asked)}
            className="button-link"
            aria-label={`${t('answering.answer')}: ${asked.title}, ${named.point}`}
          >
            {t('answering.answer')}
          </Link>
          <Button
            variant="secondaryNoBorder"
            aria-label={t('answering.declineOf', named)}
            aria-disabled={decline.busy}
            onClick={() => decline.start(true)}
          >
            {t('answering.decline')}
          </Button>
        </div>
      ) : (
        <Notice title={t('answering.unavailable')}>
          <p>{problemText(new Problem(409, asked.problem))}</p>
        </Notice>
      )}
      <WriteNotice write={decline} />
    </div>
  )
}
