import { useTranslation } from 'react-i18next'
import './help.css'

/** Stands on every page of exercises and measures: what this is not, and where help is to be had now. */
export function HelpLine() {
  const { t } = useTranslation()
  return (
    <p className="help-line">
      {t('help.notTherapy')} {t('help.crisis')}{' '}
      <a href={`tel:${t('help.crisisTel')}`}>{t('help.crisisNumber')}</a>. {t('help.emergency')}{' '}
      <a href="tel:112">112</a>.
    </p>
  )
}
