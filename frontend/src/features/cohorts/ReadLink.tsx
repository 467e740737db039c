import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** Opens what a learner shares, on a page of its own. */
export function ReadLink(props: {
  cohort: string
  person: string
  activity: string
  title: string
  name: string
}) {
  const { t } = useTranslation()
  const { title, name, ...params } = props
  return (
    <Link
      to="/cohorts/$cohort/learners/$person/writings/$activity"
      params={params}
      preload={false}
      className="read-link"
      aria-label={t('applied.readOf', { title, name })}
    >
      {t('applied.read')}
    </Link>
  )
}
