import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { accessibility } from './accessibility'
import { Sections } from './sections'
import { supervisor } from './supervisor'

export function AccessibilityPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { sections, supervisorTitle, supervisorText } = accessibility[language]
  return (
    <Page title={t('information.accessibility')} width="text">
      <Sections sections={sections} />
      <p>
        <Link to="/feedback" search={{ page: '/accessibility' }} className="button-link">
          {t('information.feedback')}
        </Link>
      </p>
      <section className="prose" aria-labelledby="supervisor">
        <h2 id="supervisor">{supervisorTitle}</h2>
        <p>{supervisorText}</p>
        <p>
          {supervisor.name[language]}
          <br />
          <a href={supervisor.address}>{supervisor.address.replace('https://', '')}</a>
        </p>
      </section>
    </Page>
  )
}
