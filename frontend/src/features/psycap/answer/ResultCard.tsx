import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox } from 'suomifi-ui-components'
import { dayOf, shortDay, shortMoment } from '../../../shared/dates/dates'
import { number } from '../../../shared/dates/numbers'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Result, useShareResults, useWithdraw } from './api'
import { ScaleLine } from './ScaleLine'

/** Somebody's results of an instrument over time: a calm picture with words for each scale, and the same in a table. */
export function ResultCard({ result, own = false }: { result: Result; own?: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const id = useId()
  const nameOf = useScaleName(result)
  // Others see nothing but the cards; a person's own stand below a heading of theirs.
  const Heading = own ? 'h3' : 'h2'
  const missing = result.points.some((point) => point.values.some(({ value }) => value === undefined))
  const refused = result.points.at(-1)?.refused ?? 0
  return (
    <article className="card stack result" aria-labelledby={id}>
      <div>
        <Heading id={id}>
          {result.title} {result.label !== '' && <span className="tag">{result.label}</span>}
        </Heading>
        <p className="quiet">
          {[result.cohortName, ...(result.points.length === 1 ? [whenOf(result)] : [])].join(' · ')}
        </p>
      </div>
      <Scales result={result} nameOf={nameOf} />
      {result.change && <Verdict change={result.change} />}
      {own && refused > 0 && <p className="quiet">{t('answering.refusedCount', { count: refused })}</p>}
      <details>
        <summary>{t('answering.asTable')}</summary>
        <ResultTable result={result} nameOf={nameOf} />
        {missing && <p className="quiet">{t('answering.noValueHelp')}</p>}
      </details>
      {own && <Manage result={result} />}
      <p className="quiet">{result.credit}</p>
    </article>
  )

  function whenOf({ points }: Result) {
    const [only] = points
    return only ? `${t(`answering.points.${only.point}`)} ${shortDay(dayOf(only.at), language)}` : ''
  }
}

/** From so many scales on each has one row with a small line: a page of tall ones is not looked through. */
const MANY = 6

function Scales({ result, nameOf }: { result: Result; nameOf: (index: number) => string }) {
  const { t } = useTranslation()
  const { scales, points } = result
  // One question alone is what the card is about, and needs no name beside it.
  if (scales.length === 1)
    return (
      <div className="result-one">
        <p>
          <Words result={result} index={0} />
        </p>
        <ScaleLine result={result} index={0} name={nameOf(0)} drawn="large" />
      </div>
    )
  const many = scales.length >= MANY
  const [first, last] = [points[0], points.at(-1)]
  return (
    <ul className={many ? 'plain-list result-scales result-scales-many' : 'plain-list result-scales'}>
      {many && first && last && first !== last && (
        // The lines have no room for their times: the values say from when to when.
        <li className="result-times quiet" aria-hidden="true">
          <p>
            {t(`answering.short.${first.point}`)} → {t(`answering.short.${last.point}`)}
          </p>
        </li>
      )}
      {scales.map((scale, index) => (
        <li key={scale.scale} className={scale.scale === 'total' ? 'result-total' : undefined}>
          <p className="result-name">{nameOf(index)}</p>
          <ScaleLine result={result} index={index} name={nameOf(index)} drawn={many ? 'small' : 'usual'} />
          <p className="result-words">
            <Words result={result} index={index} brief={many} />
          </p>
        </li>
      ))}
      {!many && points.length > 1 && (
        <li className="result-times quiet" aria-hidden="true">
          <p>
            {points.map(({ point }) => (
              <span key={point}>{t(`answering.short.${point}`)}</span>
            ))}
          </p>
        </li>
      )}
    </ul>
  )
}

/** A scale by its name; a question of somebody else's by its number, for its words are for who answers it. */
function useScaleName(result: Result): (index: number) => string {
  const { t } = useTranslation()
  return (index) => {
    const scale = result.scales[index]
    if (scale === undefined) return ''
    if (scale.scale === 'total') return t('answering.total')
    return scale.title || t('answering.question', { number: scale.number ?? index + 1 })
  }
}

/** "4,3 → 4,7", or the one value, with its name when it has one. Briefly, no value is a dash that is read out as what it is. */
function Words({ result, index, brief = false }: { result: Result; index: number; brief?: boolean }) {
  const language = useLanguage()
  const values = result.points.map((point) => point.values[index])
  const [first, last] = [values[0], values.at(-1)]
  return (
    <>
      <strong className="nowrap">
        {values.length > 1 && (
          <>
            <Value value={first?.value} brief={brief} language={language} /> →{' '}
          </>
        )}
        <Value value={last?.value} brief={brief} language={language} />
      </strong>
      {last?.band && <span className="quiet"> {last.band}</span>}
    </>
  )
}

function Value({
  value,
  brief,
  language,
}: {
  value: number | undefined
  brief: boolean
  language: Language
}) {
  const { t } = useTranslation()
  if (value !== undefined) return number(value, language)
  if (!brief) return t('answering.noValue')
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{t('answering.noValue')}</span>
    </>
  )
}

function Verdict({ change }: { change: NonNullable<Result['change']> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const verdict =
    change.verdict !== 'unknown'
      ? change.verdict
      : change.why === 'unanswered' || change.why === 'too_few'
        ? change.why
        : 'other'
  const beside = [
    change.verdict !== 'unknown' &&
      change.least !== undefined &&
      t('answering.least', { least: number(change.least, language) }),
    change.people !== undefined && t('answering.judgedGroup', { count: change.people }),
    change.source && t('answering.judgedSource', { source: change.source }),
  ].filter(Boolean)
  return (
    <div>
      <p>{t(`answering.verdicts.${verdict}`)}</p>
      {beside.length > 0 && <p className="quiet">{beside.join(' ')}</p>}
    </div>
  )
}

function ResultTable({ result, nameOf }: { result: Result; nameOf: (index: number) => string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="visually-hidden">{result.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('answering.part')}</th>
            {result.points.map(({ point, at }) => (
              <th key={point} scope="col">
                {t(`answering.points.${point}`)}
                <br />
                {shortDay(dayOf(at), language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.scales.map(({ scale, min, max }, index) => (
            <tr key={scale}>
              <th scope="row">
                {nameOf(index)} <span className="nowrap">({t('answering.scaleOf', { min, max })})</span>
              </th>
              {result.points.map(({ point, values }) => {
                const value = values[index]
                return (
                  <td key={point}>
                    {value?.value === undefined ? t('answering.noValue') : number(value.value, language)}
                    {value?.band && ` (${value.band})`}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a person may do with their own results: correct, delete, share. */
function Manage({ result }: { result: Result }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('answering.manage')}</summary>
      <div className="stack result-manage">
        {(result.mayShare || result.shared) && <Share result={result} />}
        <ul className="plain-list stack">
          {result.points.map((point) => (
            <li key={point.point}>
              <ManagePoint result={result} point={point} />
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}

function ManagePoint({ result, point }: { result: Result; point: Result['points'][number] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const place = { cohort: result.cohort, instrument: result.instrument, point: point.point }
  const withdraw = useWithdraw(place, () => setAsking(false))
  const when = t(`answering.points.${point.point}`)
  return (
    <div className="row row-between">
      <p>
        {when}
        <br />
        <span className="quiet">{shortDay(dayOf(point.at), language)}</span>
      </p>
      <div className="row">
        {point.open && (
          <Link
            to="/measures/$cohort/$instrument/$point"
            params={place}
            aria-label={t('answering.correctOf', { point: when })}
          >
            {t('answering.correct')}
          </Link>
        )}
        <Button
          variant="secondaryNoBorder"
          aria-label={t('answering.removeOf', { point: when })}
          onClick={() => setAsking(true)}
        >
          {t('answering.remove')}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={t('answering.removeTitle')}
          text={t('answering.removeText', { point: when })}
          confirm={t('answering.remove')}
          write={withdraw}
          onConfirm={() => withdraw.start(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function Share({ result }: { result: Result }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const share = useShareResults({ cohort: result.cohort, instrument: result.instrument })
  return (
    <div className="stack">
      <Checkbox
        variant="large"
        checked={result.shared}
        hintText={t('answering.shareHelp', { cohort: result.cohortName })}
        onClick={() => !share.busy && share.start(!result.shared)}
      >
        {t('answering.share')}
      </Checkbox>
      <WriteNotice write={share} />
      {(result.shared || result.looks.length > 0) && (
        <div>
          <p>
            <strong>{t('answering.looked')}</strong>
          </p>
          {result.looks.length === 0 ? (
            <p className="quiet">{t('answering.lookedNone')}</p>
          ) : (
            <ul className="plain-list">
              {result.looks.map(({ name, at }) => (
                <li key={`${name} ${at}`}>
                  {t('answering.lookedBy', {
                    name: name || t('answering.gone'),
                    at: shortMoment(at, language),
                  })}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}
