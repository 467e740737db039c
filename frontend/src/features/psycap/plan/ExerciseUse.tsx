import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../../shared/ui/states'
import { exerciseUseQuery } from './api'

const COUNTS = ['begun', 'finished', 'eased', 'setAside', 'unfinished'] as const

/** How much a cohort used the exercises. They are voluntary and nobody's business but their own, so it is counts alone. */
export function ExerciseUse({ cohort }: { cohort: string }) {
  const { t } = useTranslation()
  const query = useQuery(exerciseUseQuery(cohort))
  return (
    <section className="stack" aria-labelledby="exercise-use">
      <h2 id="exercise-use">{t('measurePlan.exercises')}</h2>
      <Loaded query={query}>
        {({ counts, days, floor }) => (
          <>
            {counts === undefined ? (
              <p>{t('measurePlan.exercisesFew', { count: floor })}</p>
            ) : (
              <>
                <p>{t('measurePlan.exercisesLead', { days })}</p>
                <dl className="exercise-use">
                  {COUNTS.map((one) => (
                    <div key={one}>
                      <dt>{t(`measurePlan.use.${one}`)}</dt>
                      <dd>{counts[one]}</dd>
                    </div>
                  ))}
                </dl>
              </>
            )}
            <p>
              <Link to="/exercises">{t('measurePlan.seeExercises')}</Link>
            </p>
          </>
        )}
      </Loaded>
    </section>
  )
}
