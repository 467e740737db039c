import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CourseCard } from './api'

/** What was tried some time ago, and is to be looked at again. */
export function FollowUps({ course }: { course: CourseCard }) {
  const { t } = useTranslation()
  if (course.followUps.length === 0) return null
  return (
    <section className="card stack" aria-label={t('tries.follow')}>
      <h3>{t('tries.follow')}</h3>
      <ul className="plain-list">
        {course.followUps.map((one) => (
          <li key={one.try}>
            <p>{t('tries.followText', { count: one.days, title: one.title })}</p>
            <Link
              to="/courses/$course/activities/$activity"
              params={{ course: course.course, activity: one.activity }}
            >
              {t('tries.answer')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
