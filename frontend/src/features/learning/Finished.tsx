import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { longDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { Notice } from '../../shared/ui/states'

/** Whose certificate was taken back is told so, and whom to ask. */
export function TakenBack({ revoked }: { revoked: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Notice kind="warning" title={t('certificate.revoked', { day: longDay(revoked, language, true) })}>
      <p>{t('certificate.askTrainer')}</p>
    </Notice>
  )
}

/** Who finished is told so, gets the certificate, and reads what comes after. */
export function Finished({ certificate }: { certificate: string }) {
  const { t } = useTranslation()
  return (
    <Notice kind="good" title={t('certificate.congratulations')}>
      <p>{t('certificate.next')}</p>
      <p>
        <Link to="/certificates/$number" params={{ number: certificate }} className="button-link">
          {t('certificate.open')}
        </Link>
      </p>
    </Notice>
  )
}
