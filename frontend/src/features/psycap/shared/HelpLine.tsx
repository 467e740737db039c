import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'
import './help.css'

/** MIELI's helplines: the Finnish one is always open, the Swedish one at times on weekdays. Those in other languages closed in 2026. */
const FINNISH = '09 2525 0111'
const SWEDISH = '09 2525 0112'

/** Stands on every page of exercises and goals: what this is not, and where help is to be had now. */
export function HelpLine({ language }: { language?: Language }) {
  const { i18n } = useTranslation()
  const own = useLanguage()
  const spoken = language ?? own
  const t = i18n.getFixedT(spoken)
  return (
    <p className="help-line" lang={spoken}>
      {t('help.notTherapy')} {t('help.crisis')}{' '}
      {spoken === 'sv' && (
        <>
          <Call number={SWEDISH} />. {t('help.inFinnish')}{' '}
        </>
      )}
      <Call number={FINNISH} />. {t('help.emergency')} <Call number="112" />.
    </p>
  )
}

function Call({ number }: { number: string }) {
  return (
    <a href={`tel:${number.replaceAll(' ', '')}`} className="nowrap">
      {number}
    </a>
  )
}
