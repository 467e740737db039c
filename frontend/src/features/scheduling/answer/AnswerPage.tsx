import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../../../shared/ui/Page'
import { MailQuestion } from './MailQuestion'

const route = getRouteApi('/answer/$link')

/** What a mail's link opens, for anybody who has it. */
export function AnswerPage() {
  const { t } = useTranslation()
  const { link } = route.useParams()
  return (
    <Page title={t('answer.title')} width="text">
      <MailQuestion link={link} />
    </Page>
  )
}
