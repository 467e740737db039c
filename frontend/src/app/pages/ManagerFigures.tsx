import { FiguresPage } from '../../features/cohorts/FiguresPage'
import { DependencySection } from '../../features/scheduling/deputies/Dependency'

/** A manager's figures: of the cohorts, and on how many people the open cases depend. */
export function ManagerFigures() {
  return (
    <FiguresPage>
      <DependencySection />
    </FiguresPage>
  )
}
