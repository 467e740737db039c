import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { privacy } from './privacy'
import { Sections } from './sections'

export function PrivacyPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Page title={t('information.privacy')} width="text">
      <Sections sections={privacy[language]} />
    </Page>
  )
}
