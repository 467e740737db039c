import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../shared/session/me'

/** The way to a doctor's reception days, from their hours. */
export function ReceptionsLink({ person }: { person: string }) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <section className="stack-small" aria-labelledby="reception-days">
      <h2 id="reception-days">{t('receptions.title')}</h2>
      <p className="quiet">{t('receptions.linkHelp')}</p>
      <p>
        {person === me.id ? (
          <Link to="/receptions">{t('receptions.link')}</Link>
        ) : (
          <Link to="/doctors/$person/receptions" params={{ person }}>
            {t('receptions.link')}
          </Link>
        )}
      </p>
    </section>
  )
}
