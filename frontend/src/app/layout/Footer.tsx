import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../shared/session/me'
import { isLearner } from '../../shared/session/roles'
import { SaveState } from './SaveState'

export function Footer({ me }: { me: Me | undefined }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <footer className="footer">
      <div className="footer-inner">
        <p>{t('common.tagline')}</p>
        {me && isLearner(me) && <SaveState />}
        <ul className="plain-list" aria-label={t('common.aboutService')}>
          <li>
            <Link to="/privacy">{t('information.privacy')}</Link>
          </li>
          <li>
            <Link to="/accessibility">{t('information.accessibility')}</Link>
          </li>
          <li>
            <Link to="/feedback" search={pathname === '/feedback' ? {} : { page: pathname }}>
              {t('information.feedback')}
            </Link>
          </li>
        </ul>
      </div>
    </footer>
  )
}
