import { FiguresPage } from '../../features/cohorts/FiguresPage'
import { RepliesSection } from '../../features/scheduling/consultations/Replies'
import { DependencySection } from '../../features/scheduling/deputies/Dependency'

/** A manager's figures: of the cohorts, on how many people the open cases depend, and how fast doctors answer in writing. */
export function ManagerFigures() {
  return (
    <FiguresPage>
      <DependencySection />
      <RepliesSection />
    </FiguresPage>
  )
}
