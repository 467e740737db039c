import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { OfferedMeasure } from '../answer/WaitingMeasures'
import { useBeginning } from '../shared/beginning'
import { HelpLine } from '../shared/HelpLine'
import { type Exercise, exercisesQuery, useDeleteRun } from './api'
import { endsSession } from './session'
import { WrittenText } from './WrittenText'
import { inWords, useWording } from './wordings'
import type { Written } from './written'

/** The end of an exercise: thanks, and what was written, which is nobody else's. */
export function Ended({
  exercise,
  run,
  written,
  waits,
}: {
  exercise: Exercise
  run: string
  written: Written
  /** It is kept in this browser and has not arrived yet. */
  waits: boolean
}) {
  const { t } = useTranslation()
  const { wording } = useWording()
  useBeginning('ended', true)
  return (
    <Page
      title={t('exercises.thanks')}
      eyebrow={inWords(exercise.wordings, wording).title}
      lead={t('exercises.thanksText')}
      width="text"
      back={{ to: '/exercises', text: t('exercises.title') }}
    >
      {waits && <Notice kind="warning" live title={t('exercises.keptHere')} />}
      <OwnText exercise={exercise} run={run} written={written} waits={waits} />
      <p className="exercise-tools">
        <Link to="/exercises" className="button-link">
          {t('exercises.toAll')}
        </Link>
      </p>
      {!waits && <SessionEnd exercise={exercise} />}
      <HelpLine />
    </Page>
  )
}

/** A session that is done is a moment to look where one is: a measure that waits is offered, and nothing else. */
function SessionEnd({ exercise }: { exercise: Exercise }) {
  const { data } = useQuery(exercisesQuery)
  if (data === undefined || !endsSession(exercise, data.exercises)) return null
  return (
    <div className="exercise-tools">
      <OfferedMeasure />
    </div>
  )
}

/** What was written, to read, print and delete. */
export function OwnText({
  exercise,
  run,
  written,
  waits,
}: {
  exercise: Exercise
  run: string
  written: Written
  waits: boolean
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { wording } = useWording()
  const [asking, setAsking] = useState(false)
  const remove = useDeleteRun(run, () => navigate({ to: '/exercises' }))
  const nothing = Object.keys(written).length === 0
  return (
    <>
      {nothing ? (
        <p>{t('exercises.nothingWritten')}</p>
      ) : (
        <section className="card stack" aria-label={t('exercises.yours')}>
          <WrittenText exercise={exercise} wording={wording} written={written} />
        </section>
      )}
      <p className="quiet exercise-tools">{t('exercises.onlyYours')}</p>
      <div className="row exercise-tools">
        {!nothing && (
          <Button variant="secondary" onClick={() => window.print()}>
            {t('exercises.print')}
          </Button>
        )}
        {!waits && (
          <Button variant="secondary" onClick={() => setAsking(true)}>
            {t('exercises.delete')}
          </Button>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('exercises.deleteTitle')}
          text={t('exercises.deleteText')}
          confirm={t('exercises.delete')}
          write={remove}
          onConfirm={() => remove.start(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
