import { PeoplePage } from '../../features/people/PeoplePage'
import { CoveringNotice } from '../../features/scheduling/deputies/CoveringNotice'
import { DependencyAlarms } from '../../features/scheduling/deputies/Dependency'

/** An administrator's first page, with what asks for them: cases without anybody nearer, and cases that hang on one person. */
export function PeopleWithAlarms() {
  return (
    <PeoplePage>
      <CoveringNotice />
      <DependencyAlarms />
    </PeoplePage>
  )
}
