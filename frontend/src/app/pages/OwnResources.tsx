import { ExercisesPage } from '../../features/psycap/exercises/ExercisesPage'
import { GoalsSection } from '../../features/psycap/goal/GoalsSection'

/** A learner's own page: exercises, and the goals that come of them. */
export function OwnResources() {
  return <ExercisesPage after={<GoalsSection />} />
}
