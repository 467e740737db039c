import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'

/** MIELI's helpline in each language, as mieli.fi tells them: in Finnish it answers always, in the others at times. */
const LINES: Record<Language, string> = { fi: '09 2525 0111', sv: '09 2525 0112', en: '09 2525 0116' }

/** What an exercise is not, and where help is to be had now. */
export function HelpLine({ language }: { language?: Language }) {
  const { i18n } = useTranslation()
  const own = useLanguage()
  const spoken = language ?? own
  const t = i18n.getFixedT(spoken)
  return (
    <p className="exercise-help" lang={spoken}>
      {t('exercises.notTherapy')} {t('exercises.helpNow')} <Call number={LINES[spoken]} />{' '}
      {t('exercises.helpHours')}{' '}
      {spoken !== 'fi' && (
        <>
          {t('exercises.helpFinnish')} <Call number={LINES.fi} />.{' '}
        </>
      )}
      {t('exercises.emergency')} <Call number="112" />.
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
