import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../shared/ui/states'

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
