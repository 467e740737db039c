import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem, TextInput } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { unitsWith } from '../../shared/session/roles'
import { DayField } from '../../shared/ui/DayField'
import { Page } from '../../shared/ui/Page'
import { Progress } from '../../shared/ui/Progress'
import { Empty, Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Cohort, cohortsQuery, useAddCohort } from './api'
import './cohorts.css'

type Courses = { id: string; title: string }[]

export function CohortsPage() {
  const { t } = useTranslation()
  const me = useMe()
  const query = useQuery(cohortsQuery)
  const [adding, setAdding] = useState(false)
  const units = unitsWith(me, 'trainer')
  return (
    <Page
      title={t('nav.cohorts')}
      aside={
        <div className="row">
          <Link to="/reports" className="button-link button-link-light">
            {t('cohorts.reports')}
          </Link>
          {units.length > 0 && !adding && (
            <Button variant="secondary" onClick={() => setAdding(true)}>
              {t('cohorts.new')}
            </Button>
          )}
        </div>
      }
    >
      {adding && query.data && (
        <NewCohort units={units} courses={query.data.courses} onClose={() => setAdding(false)} />
      )}
      <Loaded query={query}>
        {({ cohorts }) =>
          cohorts.length === 0 ? (
            <Empty title={t('cohorts.none')}>
              <p>{t('cohorts.noneHelp')}</p>
            </Empty>
          ) : (
            <ul className="plain-list cohort-cards">
              {cohorts.map((cohort) => (
                <li key={cohort.id}>
                  <CohortCard cohort={cohort} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function CohortCard({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <article className="card stack">
      <div>
        <h2>
          <Link to="/cohorts/$cohort" params={{ cohort: cohort.id }}>
            {cohort.name}
          </Link>
        </h2>
        <p className="quiet">
          {cohort.courseTitle} · {cohort.unitName} ·{' '}
          {t('cohorts.starts', { day: shortDay(cohort.starts, language) })}
        </p>
      </div>
      <Progress value={cohort.percent} label={t('cohorts.progressOf', { name: cohort.name })} />
      <p className="row">
        <span className="tag">{t('cohorts.learners', { count: cohort.learners })}</span>
        {cohort.invited > 0 && <span className="tag">{t('cohorts.invited', { count: cohort.invited })}</span>}
        {cohort.behind > 0 && (
          <span className="tag tag-beam">{t('cohorts.behind', { count: cohort.behind })}</span>
        )}
      </p>
    </article>
  )
}

function NewCohort({
  units,
  courses,
  onClose,
}: {
  units: { id: string; name: string }[]
  courses: Courses
  onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [course, setCourse] = useState(courses[0]?.id ?? '')
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const [starts, setStarts] = useState<string | undefined>(dayOf(new Date()))
  const [asked, setAsked] = useState(false)
  const add = useAddCohort((cohort) => navigate({ to: '/cohorts/$cohort', params: { cohort: cohort.id } }))
  const fieldStatus = useFieldStatus(add.problem)
  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (name.trim() !== '' && starts) add.start({ name: name.trim(), course, unit, starts })
      }}
    >
      <h2>{t('cohorts.new')}</h2>
      <TextInput
        labelText={t('cohorts.name')}
        fullWidth
        value={name}
        onChange={(value) => setName(String(value ?? ''))}
        {...(asked && name.trim() === ''
          ? { status: 'error', statusText: t('fieldProblems.required') }
          : fieldStatus('name'))}
      />
      <Dropdown labelText={t('cohorts.course')} fullWidth value={course} onChange={setCourse}>
        {courses.map((one) => (
          <DropdownItem key={one.id} value={one.id}>
            {one.title}
          </DropdownItem>
        ))}
      </Dropdown>
      <Dropdown labelText={t('scheduling.unit')} fullWidth value={unit} onChange={setUnit}>
        {units.map((one) => (
          <DropdownItem key={one.id} value={one.id}>
            {one.name}
          </DropdownItem>
        ))}
      </Dropdown>
      <DayField label={t('cohorts.startsLabel')} day={starts} onDay={setStarts} />
      <WriteNotice write={add} />
      <div className="row">
        <Button type="submit" aria-disabled={add.busy}>
          {t('common.save')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
