import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ExternalLink } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { Notice } from '../../../shared/ui/states'
import { type Instrument, useWithdrawLicence } from './api'
import { ItemsForm } from './ItemsForm'
import { LicenceForm } from './LicenceForm'

type Props = { org: string; instrument: Instrument }

/** One questionnaire: whose it is, whether it may be used, and what an administrator can do about it. */
export function InstrumentCard({ org, instrument }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [doing, setDoing] = useState<'licence' | 'items' | 'withdraw'>()
  const [done, setDone] = useState<'licence' | 'items' | 'withdraw'>()
  const finish = (what: 'licence' | 'items' | 'withdraw') => () => {
    setDoing(undefined)
    setDone(what)
  }
  const begin = (what: 'licence' | 'items' | 'withdraw') => () => {
    setDoing(what)
    setDone(undefined)
  }
  const close = () => setDoing(undefined)
  const { licence, standing } = instrument
  const licensed = instrument.rights === 'licence' && standing !== 'used_elsewhere'
  const mayBring = instrument.takesItems && (standing === 'open' || standing === 'items_missing')
  const id = `instrument-${instrument.id}`
  return (
    <article className="stack" aria-labelledby={id}>
      <div className="row row-between">
        <h3 id={id} className="instrument-name">
          {instrument.title}
        </h3>
        <span
          className={
            standing === 'open' ? 'tag tag-good' : standing === 'used_elsewhere' ? 'tag' : 'tag tag-beam'
          }
        >
          {standingText(t, instrument, language)}
        </span>
      </div>
      {instrument.items.length > 0 && (
        <p>
          {t('instruments.questions', { count: instrument.items.length })}
          {', '}
          {t('instruments.scale', { min: instrument.min, max: instrument.max })}
          {instrument.label && <> · {instrument.label}</>}
          {instrument.parts.length > 0 && (
            <span className="instrument-scope quiet">{instrument.parts.join(', ')}</span>
          )}
        </p>
      )}
      <p className="quiet instrument-note">{instrument.credit}</p>
      {(instrument.holder || licence || instrument.uploads[0]) && (
        <dl className="facts instrument-facts">
          {instrument.holder && (
            <>
              <dt>{t('instruments.holder')}</dt>
              <dd>
                {instrument.address ? (
                  <ExternalLink href={instrument.address} labelNewWindow={t('instruments.newWindow')}>
                    {instrument.holder}
                  </ExternalLink>
                ) : (
                  instrument.holder
                )}
              </dd>
            </>
          )}
          {licence && (
            <>
              <dt>{t('instruments.licence')}</dt>
              <dd>
                {t('instruments.licenceOf', {
                  holder: licence.holder,
                  day: shortDay(licence.ends, language),
                })}
                <span className="instrument-scope quiet">{licence.scope}</span>
              </dd>
            </>
          )}
          {instrument.uploads[0] && (
            <>
              <dt>{t('instruments.items')}</dt>
              <dd>
                {t('instruments.broughtIn', {
                  version: instrument.uploads[0].version,
                  day: shortDay(dayOf(instrument.uploads[0].at), language),
                  languages: instrument.languages.map((one) => languageName(t, one)).join(', '),
                })}
                {instrument.translation && (
                  <span className="instrument-scope quiet">
                    {t('instruments.translatedBy', {
                      translator: instrument.translation.translator,
                      day: shortDay(instrument.translation.date, language),
                      version: instrument.translation.version,
                    })}
                  </span>
                )}
              </dd>
            </>
          )}
        </dl>
      )}
      {instrument.note && <p className="quiet instrument-note">{instrument.note}</p>}
      {done && <Done title={t(`instruments.done.${done}`)} />}
      {doing === 'licence' && (
        <LicenceForm org={org} instrument={instrument} onDone={finish('licence')} onClose={close} />
      )}
      {doing === 'items' && (
        <ItemsForm org={org} instrument={instrument} onDone={finish('items')} onClose={close} />
      )}
      {doing === 'withdraw' && (
        <Withdrawing org={org} instrument={instrument} onDone={finish('withdraw')} onClose={close} />
      )}
      {doing !== 'licence' && doing !== 'items' && (licensed || mayBring) && (
        <div className="row">
          {licensed && (
            <Button
              variant={licence ? 'secondary' : 'default'}
              onClick={begin('licence')}
              aria-label={t(licence ? 'instruments.changeLicenceOf' : 'instruments.recordLicenceOf', {
                name: instrument.title,
              })}
            >
              {t(licence ? 'instruments.changeLicence' : 'instruments.recordLicence')}
            </Button>
          )}
          {mayBring && (
            <Button
              variant={standing === 'items_missing' ? 'default' : 'secondary'}
              onClick={begin('items')}
              aria-label={t('instruments.bringItemsOf', { name: instrument.title })}
            >
              {t('instruments.bringItems')}
            </Button>
          )}
          {licensed && licence && (
            <Button
              variant="secondaryNoBorder"
              onClick={begin('withdraw')}
              aria-label={t('instruments.withdrawOf', { name: instrument.title })}
            >
              {t('instruments.withdraw')}
            </Button>
          )}
        </div>
      )}
    </article>
  )
}

/** What was done, in sight: the form that was here may have been longer than the screen. */
function Done({ title }: { title: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // It answers with a promise in some browsers, which is no way to clean up.
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={box}>
      <Notice kind="good" live title={title} />
    </div>
  )
}

function Withdrawing({
  org,
  instrument,
  onDone,
  onClose,
}: Props & { onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const withdraw = useWithdrawLicence(org, instrument.id, onDone)
  return (
    <ConfirmDialog
      title={t('instruments.withdrawTitle', { name: instrument.title })}
      text={t('instruments.withdrawText')}
      confirm={t('instruments.withdraw')}
      keep={t('instruments.keepLicence')}
      write={withdraw}
      onConfirm={() => withdraw.start(undefined)}
      onClose={onClose}
    />
  )
}

function standingText(t: TFunction, instrument: Instrument, language: Language): string {
  const { standing, licence } = instrument
  switch (standing) {
    case 'open':
      return licence
        ? t('instruments.standings.openUntil', { day: shortDay(licence.ends, language) })
        : t('instruments.standings.open')
    case 'licence_ended':
      return licence
        ? t('instruments.standings.ended', { day: shortDay(licence.ends, language) })
        : t('instruments.standings.licenceNeeded')
    case 'items_missing':
      return t('instruments.standings.itemsMissing')
    case 'used_elsewhere':
      return t('instruments.standings.elsewhere')
    default:
      return t('instruments.standings.licenceNeeded')
  }
}

function languageName(t: TFunction, language: string): string {
  return language === 'fi' || language === 'sv' || language === 'en'
    ? t(`instruments.languages.${language}`)
    : language
}
