import { WaitingMeasures } from '../../features/psycap/answer/WaitingMeasures'
import { ExercisesPage } from '../../features/psycap/exercises/ExercisesPage'
import { GoalsSection } from '../../features/psycap/goal/GoalsSection'

/** A learner's own page: what waits for an answer, exercises, and the goals that come of them. */
export function OwnResources() {
  return <ExercisesPage before={<WaitingMeasures />} after={<GoalsSection />} />
}
