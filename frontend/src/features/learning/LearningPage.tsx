import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../shared/i18n/i18n'
import { Page } from '../../shared/ui/Page'
import { Progress } from '../../shared/ui/Progress'
import { Empty, Loaded } from '../../shared/ui/states'
import { type CourseCard, learningQuery } from './api'
import { Finished, TakenBack } from './Finished'
import { FollowUps } from './FollowUps'
import { KeptNotice } from './KeptNotice'
import { NextStep } from './NextStep'
import './learning.css'

export function LearningPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const learning = useQuery(learningQuery(language))
  return (
    <Page title={t('learning.title')}>
      <KeptNotice path="/api/learning" />
      <Loaded query={learning}>
        {({ courses }) =>
          courses.length === 0 ? (
            <Empty title={t('learning.none')}>
              <p>{t('learning.noneHelp')}</p>
            </Empty>
          ) : (
            <div className="stack-wide">
              {courses.map((course) => (
                <CourseStart key={`${course.course}:${course.cohort}`} course={course} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

function CourseStart({ course }: { course: CourseCard }) {
  const { t } = useTranslation()
  return (
    <article className="course-start course-start-pictured">
      <div className="course-start-text">
        <p className="course-start-cohort">{course.cohortName}</p>
        <h2>
          <Link to="/courses/$course" params={{ course: course.course }}>
            {course.title}
          </Link>
        </h2>
        <p>{course.summary}</p>
      </div>
      <div className="course-start-progress">
        <p>{t('learning.doneOf', { done: course.done, total: course.total })}</p>
        <Progress value={course.percent} label={t('learning.progressOf', { title: course.title })} />
      </div>
      <FollowUps course={course} />
      {course.certificate !== undefined && <Finished certificate={course.certificate} />}
      {course.revoked !== undefined && <TakenBack revoked={course.revoked} />}
      <NextStep
        course={course.course}
        next={course.continue}
        started={course.done > 0}
        certified={course.certificate !== undefined}
        complete={course.percent === 100}
      />
      <p>
        <Link to="/courses/$course" params={{ course: course.course }} className="course-start-all">
          {t('learning.seeWhole')}
        </Link>
      </p>
    </article>
  )
}
