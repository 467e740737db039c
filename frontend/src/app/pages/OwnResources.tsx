import { useQuery } from '@tanstack/react-query'
import { measuresQuery } from '../../features/psycap/answer/api'
import { WaitingMeasures } from '../../features/psycap/answer/WaitingMeasures'
import { ExercisesPage } from '../../features/psycap/exercises/ExercisesPage'
import { GoalsSection } from '../../features/psycap/goal/GoalsSection'
import { useLanguage } from '../../shared/i18n/i18n'
import { useMe } from '../../shared/session/me'
import { isLearner } from '../../shared/session/roles'

/** A learner's own page: what waits for an answer, exercises, and the goals that come of them. */
export function OwnResources() {
  // What stands on top is waited for: nothing moves below a finger that is already on its way.
  const measures = useQuery({ ...measuresQuery(useLanguage()), enabled: isLearner(useMe()) })
  return <ExercisesPage before={<WaitingMeasures />} waits={measures.isLoading} after={<GoalsSection />} />
}
